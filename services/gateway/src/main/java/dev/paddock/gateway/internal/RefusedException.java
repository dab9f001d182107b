package dev.paddock.gateway.internal;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A part behind the gateway answered with an error; code and detail come from its problem document. */
public final class RefusedException extends Exception {
    private final int status;
    private final String code;
    private final @Nullable String retryAfter;
    private final @Nullable String field;

    RefusedException(int status, String code, String detail, @Nullable String retryAfter, @Nullable String field) {
        super(detail);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
        this.field = field;
    }

    /** A problem document that came in a stream, after a status of 200. */
    public static RefusedException of(JsonNode problem) {
        return new RefusedException(
                problem.path("status").asInt(500),
                problem.path("code").asString("remote-error"),
                problem.path("detail").asString(""),
                null,
                field(problem));
    }

    /** The first field that breaks a rule; null where none is named. */
    static @Nullable String field(JsonNode problem) {
        JsonNode field = problem.path("errors").path(0).path("field");
        return field.isString() ? field.asString() : null;
    }

    /** The field that the part refused; null where it named none. */
    public @Nullable String field() {
        return field;
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
