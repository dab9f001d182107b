package dev.paddock.gateway.error;

import org.jspecify.annotations.Nullable;

/** {@code {"error":{message,type,param,code}}}. */
public record OpenAiError(Body error) {
    /** What went wrong; param is the request field at fault. */
    public record Body(
            String message,
            String type,
            @Nullable String param,
            @Nullable String code) {}

    static OpenAiError of(String message, String type, @Nullable String param, String code) {
        return new OpenAiError(new Body(message, type, param, code));
    }
}
