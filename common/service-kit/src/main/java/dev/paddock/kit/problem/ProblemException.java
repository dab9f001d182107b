package dev.paddock.kit.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An error that its caller is told: the detail names the value, the rule and the way out. */
public class ProblemException extends RuntimeException {
    private final transient ProblemCode code;
    private final transient List<?> errors;

    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, List.of(), null);
    }

    public ProblemException(ProblemCode code, String detail, List<?> errors) {
        this(code, detail, errors, null);
    }

    public ProblemException(ProblemCode code, String detail, @Nullable Throwable cause) {
        this(code, detail, List.of(), cause);
    }

    private ProblemException(ProblemCode code, String detail, List<?> errors, @Nullable Throwable cause) {
        super(detail, cause);
        this.code = code;
        this.errors = List.copyOf(errors);
    }

    /** A resource that is not there, or belongs to another tenant. */
    public static ProblemException notFound(String kind, Object id) {
        return new ProblemException(CommonProblem.NOT_FOUND, "there is no " + kind + " " + id);
    }

    /** One field that breaks a rule. */
    public static ProblemException invalid(String field, @Nullable Object value, String rule) {
        return new ProblemException(
                CommonProblem.INVALID_REQUEST,
                field + " is " + value + ": " + rule,
                List.of(new FieldProblem(field, value, rule)));
    }

    public ProblemCode code() {
        return code;
    }

    public List<?> errors() {
        return errors;
    }

    public Problem problem() {
        return Problem.of(code, getMessage(), errors);
    }
}
