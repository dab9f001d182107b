package dev.paddock.llama.training.objective;

/** Checks of settings that several objectives have. */
final class ObjectiveRules {
    private ObjectiveRules() {}

    static void smoothing(double labelSmoothing) {
        if (!(labelSmoothing >= 0 && labelSmoothing < 0.5)) {
            throw new IllegalArgumentException(
                    "labelSmoothing must be at least 0 and less than 0.5, was " + labelSmoothing);
        }
    }
}
