package dev.paddock.llama.config;

import java.util.List;
import java.util.Map;

/** Writes the scaling of rotary frequencies as GGUF has it: metadata, or a divisor for each frequency. */
final class GgufRopeWriter {
    private static final String PREFIX = "llama.rope.scaling.";

    private GgufRopeWriter() {}

    static void write(RopeScaling scaling, Map<String, Object> metadata) {
        if (scaling instanceof RopeScaling.Linear linear) {
            metadata.put(PREFIX + "type", "linear");
            metadata.put(PREFIX + "factor", linear.factor());
        } else if (scaling instanceof RopeScaling.Yarn yarn) {
            yarn(yarn, metadata);
        } else if (!(scaling instanceof RopeScaling.None) && !hasDivisors(scaling)) {
            throw new UnsupportedModelException("rope scaling " + scaling
                    + " has no form in GGUF; written are none, linear, yarn, llama3 and divisors by frequency");
        }
    }

    private static void yarn(RopeScaling.Yarn yarn, Map<String, Object> metadata) {
        if (!yarn.truncate()) {
            throw new UnsupportedModelException(
                    "rope scaling yarn with truncate false has no form in GGUF, which always rounds its bounds");
        }
        metadata.put(PREFIX + "type", "yarn");
        metadata.put(PREFIX + "factor", yarn.factor());
        metadata.put(PREFIX + "original_context_length", (long) yarn.originalContextLength());
        metadata.put(PREFIX + "attn_factor", yarn.attentionScale() / RopeScaling.Yarn.temperature(yarn.factor(), 1));
        metadata.put(PREFIX + "yarn_beta_fast", yarn.betaFast());
        metadata.put(PREFIX + "yarn_beta_slow", yarn.betaSlow());
    }

    private static boolean hasDivisors(RopeScaling scaling) {
        return scaling instanceof RopeScaling.Llama3
                || scaling instanceof RopeScaling.Divided
                || (scaling instanceof RopeScaling.LongRope rope
                        && rope.shortFactors().equals(rope.longFactors())
                        && rope.attentionScale() == 1);
    }

    /** A divisor for each frequency, {@code [headSize / 2]}; empty where metadata say it all. */
    static float[] divisors(LlamaConfig config) {
        if (!hasDivisors(config.ropeScaling())) {
            return new float[0];
        }
        List<Double> given =
                config.ropeScaling() instanceof RopeScaling.Divided divided ? divided.divisors() : List.of();
        float[] plain = RotaryFrequencies.of(config.ropeBase(), config.headSize());
        float[] scaled = config.inverseFrequencies(1);
        float[] divisors = new float[plain.length];
        for (int i = 0; i < divisors.length; i++) {
            divisors[i] = given.isEmpty() ? plain[i] / scaled[i] : given.get(i).floatValue();
        }
        return divisors;
    }
}
