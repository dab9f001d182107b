package dev.paddock.llama.inference.hybrid;

import java.util.List;

/** How far some logits are from others. */
final class RelativeError {
    private RelativeError() {}

    /** The root of the squared differences' sum over that of the expected numbers' squares. */
    static double of(List<float[]> expected, List<float[]> actual) {
        double error = 0;
        double size = 0;
        for (int i = 0; i < expected.size(); i++) {
            for (int j = 0; j < expected.get(i).length; j++) {
                error += Math.pow(expected.get(i)[j] - actual.get(i)[j], 2);
                size += Math.pow(expected.get(i)[j], 2);
            }
        }
        return Math.sqrt(error / size);
    }
}
