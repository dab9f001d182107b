package dev.paddock.llama.inference.sampling;

/** A sampling parameter is out of its range. */
public final class SamplingRangeException extends IllegalArgumentException {
    private final String parameter;
    private final double value;
    private final String rule;

    SamplingRangeException(String parameter, double value, String rule) {
        super("%s is %s; it must be %s".formatted(parameter, value, rule));
        this.parameter = parameter;
        this.value = value;
        this.rule = rule;
    }

    /** Its name, as {@link SamplingParameters} has it. */
    public String parameter() {
        return parameter;
    }

    public double value() {
        return value;
    }

    /** The range that it must be in. */
    public String rule() {
        return rule;
    }
}
