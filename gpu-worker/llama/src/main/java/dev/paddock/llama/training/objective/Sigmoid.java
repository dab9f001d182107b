package dev.paddock.llama.training.objective;

/** The logistic function and its logarithm, without overflow. */
final class Sigmoid {
    private Sigmoid() {}

    static double of(double x) {
        return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    }

    static double log(double x) {
        return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** {@code -(1 - e) log s(x) - e log s(-x)}: cross-entropy of a preference that is wrong with probability e. */
    static double loss(double x, double smoothing) {
        return -(1 - smoothing) * log(x) - smoothing * log(-x);
    }

    /** Derivative of {@link #loss} by x. */
    static double slope(double x, double smoothing) {
        return of(x) - 1 + smoothing;
    }
}
