package dev.paddock.guard.judge;

/** The worker refused a prompt as such, for example because it is longer than the base's context. */
final class PromptRefusedException extends RuntimeException {
    PromptRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
