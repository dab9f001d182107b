package dev.paddock.llama.training.objective;

/** Derivatives of a loss by the summed log-probability of each answer of a comparison. */
public record Slope(double first, double second) {
    /** The slope of the loss times a factor. */
    Slope times(double factor) {
        return new Slope(first * factor, second * factor);
    }
}
