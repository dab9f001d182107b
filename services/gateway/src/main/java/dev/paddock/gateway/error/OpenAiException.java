package dev.paddock.gateway.error;

import org.jspecify.annotations.Nullable;

/** A refusal under {@code /v1} that keeps OpenAI's error shape; retryAfterSeconds becomes the header of that name. */
public final class OpenAiException extends RuntimeException {
    private final int status;
    private final OpenAiError error;
    private final @Nullable Integer retryAfterSeconds;

    private OpenAiException(int status, OpenAiError error, @Nullable Integer retryAfterSeconds) {
        super(error.error().message());
        this.status = status;
        this.error = error;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public static OpenAiException invalid(String code, @Nullable String param, String message) {
        return refused(400, code, param, message);
    }

    /** A caller's mistake with a status of 4xx. */
    public static OpenAiException refused(int status, String code, @Nullable String param, String message) {
        return new OpenAiException(status, OpenAiError.of(message, "invalid_request_error", param, code), null);
    }

    public static OpenAiException invalidKey(String message) {
        return new OpenAiException(401, OpenAiError.of(message, "authentication_error", null, "invalid_api_key"), null);
    }

    public static OpenAiException busy(String message, int retryAfterSeconds) {
        return new OpenAiException(
                429, OpenAiError.of(message, "rate_limit_error", null, "rate_limit_exceeded"), retryAfterSeconds);
    }

    /** Something behind the gateway is away or gave no verdict: 503, and nothing was answered. */
    public static OpenAiException unavailable(String code, String message) {
        return new OpenAiException(503, OpenAiError.of(message, "server_error", null, code), 2);
    }

    public int status() {
        return status;
    }

    public OpenAiError error() {
        return error;
    }

    public @Nullable Integer retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
