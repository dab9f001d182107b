package dev.paddock.kit.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns what Spring MVC and Jackson found wrong into problem documents. */
final class SpringProblems {
    private SpringProblems() {}

    static Problem invalid(BindException e) {
        List<FieldProblem> errors = e.getAllErrors().stream()
                .map(error -> new FieldProblem(
                        error instanceof FieldError field ? field.getField() : error.getObjectName(),
                        error instanceof FieldError field ? shown(field.getRejectedValue()) : null,
                        String.valueOf(error.getDefaultMessage())))
                .toList();
        return many(errors);
    }

    static Problem invalid(HandlerMethodValidationException e) {
        List<FieldProblem> errors = e.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> new FieldProblem(
                                error instanceof FieldError field
                                        ? field.getField()
                                        : String.valueOf(
                                                result.getMethodParameter().getParameterName()),
                                error instanceof FieldError field
                                        ? shown(field.getRejectedValue())
                                        : shown(result.getArgument()),
                                String.valueOf(error.getDefaultMessage()))))
                .toList();
        return many(errors);
    }

    private static Problem many(List<FieldProblem> errors) {
        String detail = errors.stream()
                .map(error -> error.field() + " is " + error.value() + ": " + error.rule())
                .reduce((left, right) -> left + "; " + right)
                .orElse("the request breaks a rule");
        return Problem.of(CommonProblem.INVALID_REQUEST, detail, errors);
    }

    static Problem unreadable(HttpMessageNotReadableException e) {
        if (e.getCause() instanceof UnrecognizedPropertyException unknown) {
            return many(List.of(new FieldProblem(
                    unknown.getPropertyName(), null, "unknown field; known are " + unknown.getKnownPropertyIds())));
        }
        if (e.getCause() instanceof DatabindException wrong && !wrong.getPath().isEmpty()) {
            return many(List.of(new FieldProblem(path(wrong), null, rule(wrong) + at(wrong))));
        }
        if (e.getCause() instanceof JacksonException malformed) {
            return Problem.of(
                    CommonProblem.UNREADABLE_BODY,
                    "the body is not valid JSON" + at(malformed) + ": " + malformed.getOriginalMessage(),
                    List.of());
        }
        return Problem.of(CommonProblem.UNREADABLE_BODY, "a readable body is needed", List.of());
    }

    private static String rule(DatabindException e) {
        return e.getOriginalMessage().startsWith("Cannot map `null`") ? "is needed" : e.getOriginalMessage();
    }

    static Problem wrongType(MethodArgumentTypeMismatchException e) {
        Class<?> type = e.getRequiredType();
        return ProblemException.invalid(
                        e.getName(),
                        shown(e.getValue()),
                        "must be a " + (type == null ? "valid value" : type.getSimpleName()))
                .problem();
    }

    static Problem missing(MissingServletRequestParameterException e) {
        return ProblemException.invalid(e.getParameterName(), null, "is needed").problem();
    }

    private static String path(DatabindException e) {
        StringBuilder path = new StringBuilder();
        e.getPath()
                .forEach(step -> path.append(
                        step.getPropertyName() == null
                                ? "[" + step.getIndex() + "]"
                                : (path.isEmpty() ? "" : ".") + step.getPropertyName()));
        return path.toString();
    }

    private static String at(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private static @Nullable Object shown(@Nullable Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        String text = value.toString();
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
