package dev.paddock.local.client;

/** The suite answered a call with an error; status and code are the problem document's. */
public final class RefusedException extends RuntimeException {
    private final int status;
    private final String code;

    RefusedException(int status, String code, String message) {
        super(message + " (" + status + (code.isEmpty() ? "" : ", " + code) + ")");
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
