package dev.paddock.llama.training;

/** The loss or its gradient is no longer a number: the run has diverged. The parameters are those before the step. */
public final class NonFiniteLossException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int step;

    NonFiniteLossException(int step, String what, double value) {
        super(
                what + " of step " + step + " is " + value
                        + ": the run has diverged; lower learningRate or maxGradientNorm, raise warmupRatio, or look for broken rows");
        this.step = step;
    }

    /** Number of the step, from 1. */
    public int step() {
        return step;
    }
}
