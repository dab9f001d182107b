package dev.paddock.kit.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A problem document of RFC 9457 with the extensions {@code code} and {@code errors}. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        String code,
        @Nullable List<?> errors) {
    public static final String MEDIA_TYPE = "application/problem+json";
    private static final String TYPE_PREFIX = "urn:paddock:problem:";

    public static Problem of(ProblemCode code, @Nullable String detail, List<?> errors) {
        return new Problem(TYPE_PREFIX + code.code(), code.title(), code.status(), detail, code.code(), errors);
    }
}
