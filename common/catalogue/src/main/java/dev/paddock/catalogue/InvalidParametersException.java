package dev.paddock.catalogue;

import java.util.List;
import java.util.stream.Collectors;

/** A caller's parameters break the rules of their schema. */
public final class InvalidParametersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ParameterViolation> violations;

    public InvalidParametersException(List<ParameterViolation> violations) {
        super(violations.stream().map(ParameterViolation::toString).collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /** Every refused parameter, at least one. */
    public List<ParameterViolation> violations() {
        return violations;
    }
}
