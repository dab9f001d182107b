package dev.paddock.llama.constraint;

/** A constraint that cannot be kept: it allows nothing, or asks for what is not supported. The message names the place and the rule. */
public final class ConstraintException extends RuntimeException {
    public ConstraintException(String message) {
        super(message);
    }

    /** @param place a JSON pointer into the schema, or what the constraint is called */
    public ConstraintException(String place, String message) {
        super(place + ": " + message);
    }
}
