package dev.paddock.llama.config;

/** Rules that every configuration keeps, each broken one named with its value. */
final class ConfigRules {
    private ConfigRules() {}

    static void positive(String field, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new UnsupportedModelException(field + " is " + value + "; it must be a positive number");
        }
    }

    static void divides(String divisorField, int divisor, String field, int value) {
        if (value % divisor != 0) {
            throw new UnsupportedModelException(
                    field + " is " + value + "; it must be a multiple of " + divisorField + " (" + divisor + ")");
        }
    }
}
