package dev.paddock.llama.torch;

/** TorchScript text that does not compile, or a method that failed; carries libtorch's own message. */
public final class ScriptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScriptException(String message, Throwable cause) {
        super(message, cause);
    }
}
