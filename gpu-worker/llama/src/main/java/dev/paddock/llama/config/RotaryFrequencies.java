package dev.paddock.llama.config;

import java.util.List;

/** Rotary frequencies {@code base^(-2i / headSize)} and what scaling makes of them. */
final class RotaryFrequencies {
    private RotaryFrequencies() {}

    /** What becomes of the frequency with index {@code index}. */
    interface Change {
        double apply(int index, double frequency);
    }

    static float[] of(double base, int headSize) {
        return changed(base, headSize, (index, frequency) -> frequency);
    }

    static float[] map(LlamaConfig config, Change change) {
        return changed(config.ropeBase(), config.headSize(), change);
    }

    static float[] divided(LlamaConfig config, List<Double> divisors) {
        if (divisors.size() != config.headSize() / 2) {
            throw new UnsupportedModelException("rope scaling has " + divisors.size() + " factors; a head of size "
                    + config.headSize() + " needs " + config.headSize() / 2);
        }
        return map(config, (index, frequency) -> frequency / divisors.get(index));
    }

    private static float[] changed(double base, int headSize, Change change) {
        float[] frequencies = new float[headSize / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = (float) change.apply(i, Math.pow(base, -2.0 * i / headSize));
        }
        return frequencies;
    }
}
