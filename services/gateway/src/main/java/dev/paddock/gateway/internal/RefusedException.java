package dev.paddock.gateway.internal;

import org.jspecify.annotations.Nullable;

/** A part behind the gateway answered with an error; code and detail come from its problem document. */
public final class RefusedException extends Exception {
    private final int status;
    private final String code;
    private final @Nullable String retryAfter;

    RefusedException(int status, String code, String detail, @Nullable String retryAfter) {
        super(detail);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public @Nullable String retryAfter() {
        return retryAfter;
    }
}
