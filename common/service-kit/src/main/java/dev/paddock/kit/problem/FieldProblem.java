package dev.paddock.kit.problem;

import org.jspecify.annotations.Nullable;

/** One broken rule: the field's path, the value given and the rule. */
public record FieldProblem(String field, @Nullable Object value, String rule) {}
