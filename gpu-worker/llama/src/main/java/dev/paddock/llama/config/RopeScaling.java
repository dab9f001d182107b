package dev.paddock.llama.config;

import java.util.List;

/**
 * How rotary frequencies (Su et al. 2021, arXiv:2104.09864) are changed for contexts longer than those of the first training;
 * one record for each {@code rope_type} of the Hugging Face implementation, with its parameters and results.
 */
public sealed interface RopeScaling {
    /** {@code [headSize / 2]} frequencies in radians per position. */
    float[] inverseFrequencies(LlamaConfig config, int sequenceLength);

    /** What cosines and sines are multiplied with. */
    default double attentionFactor(LlamaConfig config) {
        return 1;
    }

    /** The longest sequence, where a configuration's {@code max_position_embeddings} are as given. */
    default int contextLength(int positions) {
        return positions;
    }

    /** {@code default}: as the model was trained. */
    record None() implements RopeScaling {
        @Override
        public float[] inverseFrequencies(LlamaConfig config, int sequenceLength) {
            return RotaryFrequencies.of(config.ropeBase(), config.headSize());
        }
    }

    /** {@code linear}: positions divided by {@code factor} (Chen et al. 2023, arXiv:2306.15595). */
    record Linear(double factor) implements RopeScaling {
        public Linear {
            ConfigRules.positive("rope_scaling.factor", factor);
        }

        @Override
        public float[] inverseFrequencies(LlamaConfig config, int sequenceLength) {
            return RotaryFrequencies.map(config, (index, frequency) -> frequency / factor);
        }
    }

    /**
     * {@code dynamic}: the base grows with the sequence once it is longer than {@code originalContextLength}, the
     * configuration's {@code max_position_embeddings}. Up to {@code factor} times as many tokens are taken, as vLLM does.
     */
    record Dynamic(double factor, int originalContextLength) implements RopeScaling {
        public Dynamic {
            ConfigRules.positive("rope_scaling.factor", factor);
            ConfigRules.positive("max_position_embeddings", originalContextLength);
        }

        @Override
        public int contextLength(int positions) {
            return (int) Math.max(positions, Math.min(Integer.MAX_VALUE, Math.floor(positions * factor)));
        }

        @Override
        public float[] inverseFrequencies(LlamaConfig config, int sequenceLength) {
            double length = Math.max(sequenceLength, originalContextLength);
            double size = config.headSize();
            double growth = factor * length / originalContextLength - (factor - 1);
            return RotaryFrequencies.of(config.ropeBase() * Math.pow(growth, size / (size - 2)), config.headSize());
        }
    }

    /**
     * {@code yarn} (Peng et al. 2023, arXiv:2309.00071).
     *
     * @param factor context now over context before
     * @param originalContextLength context before
     * @param betaFast turns over the original context from which a frequency stays as it is
     * @param betaSlow turns under which a frequency is divided by {@code factor}
     * @param truncate whether the bounds between are rounded outwards to whole frequencies
     * @param attentionScale what cosines and sines are multiplied with
     */
    record Yarn(
            double factor,
            int originalContextLength,
            double betaFast,
            double betaSlow,
            boolean truncate,
            double attentionScale)
            implements RopeScaling {
        public Yarn {
            ConfigRules.positive("rope_scaling.factor", factor);
            ConfigRules.positive("rope_scaling.original_max_position_embeddings", originalContextLength);
            ConfigRules.positive("rope_scaling.beta_fast", betaFast);
            ConfigRules.positive("rope_scaling.beta_slow", betaSlow);
            ConfigRules.positive("rope_scaling.attention_factor", attentionScale);
        }

        /** The paper's temperature, {@code 0.1 · scale · ln(factor) + 1}. */
        public static double temperature(double factor, double scale) {
            return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
        }

        @Override
        public float[] inverseFrequencies(LlamaConfig config, int sequenceLength) {
            double from = bound(betaFast, config, true);
            double end = bound(betaSlow, config, false);
            double to = end == from ? end + 0.001 : end;
            return RotaryFrequencies.map(config, (index, frequency) -> {
                double interpolated = Math.min(1, Math.max(0, (index - from) / (to - from)));
                return frequency / factor * interpolated + frequency * (1 - interpolated);
            });
        }

        @Override
        public double attentionFactor(LlamaConfig config) {
            return attentionScale;
        }

        private double bound(double turns, LlamaConfig config, boolean lower) {
            double size = config.headSize();
            double index =
                    size * Math.log(originalContextLength / (turns * 2 * Math.PI)) / (2 * Math.log(config.ropeBase()));
            double whole = truncate ? (lower ? Math.floor(index) : Math.ceil(index)) : index;
            return lower ? Math.max(whole, 0) : Math.min(whole, size - 1);
        }
    }

    /**
     * {@code longrope} (Ding et al. 2024, arXiv:2402.13753).
     *
     * @param shortFactors divisor of each frequency within the original context
     * @param longFactors divisor of each frequency beyond it
     * @param originalContextLength context before
     * @param attentionScale what cosines and sines are multiplied with
     */
    record LongRope(
            List<Double> shortFactors, List<Double> longFactors, int originalContextLength, double attentionScale)
            implements RopeScaling {
        public LongRope {
            shortFactors = List.copyOf(shortFactors);
            longFactors = List.copyOf(longFactors);
            ConfigRules.positive("original_max_position_embeddings", originalContextLength);
            ConfigRules.positive("rope_scaling.attention_factor", attentionScale);
        }

        @Override
        public float[] inverseFrequencies(LlamaConfig config, int sequenceLength) {
            List<Double> factors = sequenceLength > originalContextLength ? longFactors : shortFactors;
            return RotaryFrequencies.divided(config, factors);
        }

        @Override
        public double attentionFactor(LlamaConfig config) {
            return attentionScale;
        }
    }

    /**
     * {@code llama3} (Llama 3.1): long waves are divided by {@code factor}, short ones kept, those between blended.
     *
     * @param factor divisor of waves longer than {@code originalContextLength / lowFrequencyFactor}
     * @param lowFrequencyFactor see {@code factor}
     * @param highFrequencyFactor waves shorter than {@code originalContextLength / highFrequencyFactor} are kept
     * @param originalContextLength context before
     */
    record Llama3(double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalContextLength)
            implements RopeScaling {
        public Llama3 {
            ConfigRules.positive("rope_scaling.factor", factor);
            ConfigRules.positive("rope_scaling.low_freq_factor", lowFrequencyFactor);
            ConfigRules.positive(
                    "rope_scaling.high_freq_factor - low_freq_factor", highFrequencyFactor - lowFrequencyFactor);
            ConfigRules.positive("rope_scaling.original_max_position_embeddings", originalContextLength);
        }

        @Override
        public float[] inverseFrequencies(LlamaConfig config, int sequenceLength) {
            return RotaryFrequencies.map(config, (index, frequency) -> scaled(frequency));
        }

        private double scaled(double frequency) {
            double turns = originalContextLength * frequency / (2 * Math.PI);
            double kept = (turns - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
            double share = Math.min(1, Math.max(0, kept));
            return (1 - share) * frequency / factor + share * frequency;
        }
    }

    /**
     * {@code proportional}: only the first frequencies turn, divided by {@code factor}; the others stand still.
     *
     * @param factor divisor of the frequencies that turn
     * @param share how many of the frequencies turn, above 0 and at most 1
     */
    record Proportional(double factor, double share) implements RopeScaling {
        public Proportional {
            ConfigRules.positive("rope_scaling.factor", factor);
            ConfigRules.positive("rope_scaling.partial_rotary_factor", share);
            ConfigRules.positive("1 - rope_scaling.partial_rotary_factor", Math.nextUp(1.0) - share);
        }

        @Override
        public float[] inverseFrequencies(LlamaConfig config, int sequenceLength) {
            int turning = (int) (share * config.headSize() / 2);
            return RotaryFrequencies.map(config, (index, frequency) -> index < turning ? frequency / factor : 0);
        }
    }

    /** A divisor for each frequency, as GGUF files of Llama 3.1 and later carry in the tensor {@code rope_freqs.weight}. */
    record Divided(List<Double> divisors) implements RopeScaling {
        public Divided {
            divisors = List.copyOf(divisors);
        }

        @Override
        public float[] inverseFrequencies(LlamaConfig config, int sequenceLength) {
            return RotaryFrequencies.divided(config, divisors);
        }
    }
}
