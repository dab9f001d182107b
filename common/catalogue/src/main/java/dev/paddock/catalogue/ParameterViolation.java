package dev.paddock.catalogue;

/**
 * One refused parameter.
 *
 * @param field path of the parameter, for instance {@code learningRate} or {@code targetModules[1]}
 * @param value the refused value as JSON, shortened to 200 characters
 * @param rule what would be accepted
 */
public record ParameterViolation(String field, String value, String rule) {
    private static final int LONGEST_VALUE = 200;

    public ParameterViolation {
        value = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value;
    }

    @Override
    public String toString() {
        return "%s = %s: %s".formatted(field, value, rule);
    }
}
