package dev.paddock.llama.inference.sampling;

/** The model gave numbers that are not finite: its weights or an adapter's are broken. */
public final class NotFiniteException extends RuntimeException {
    public NotFiniteException(float value) {
        super("A number behind the last layer is " + value
                + "; the weights of the model or its adapter are not finite");
    }
}
