package dev.paddock.local.home;

/** Something the person at the terminal can mend; the message gives the value, the rule and the way out. */
public final class UserError extends RuntimeException {
    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
