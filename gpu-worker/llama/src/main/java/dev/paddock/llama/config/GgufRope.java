package dev.paddock.llama.config;

import java.util.Optional;

/** Scaling of the rotary frequencies from GGUF metadata, with llama.cpp's defaults. */
final class GgufRope {
    private static final String PREFIX = "llama.rope.scaling.";

    private GgufRope() {}

    static RopeScaling scaling(GgufFields fields, int contextLength) {
        Optional<Double> factor = fields.number(PREFIX + "factor").or(() -> fields.number("llama.rope.scale_linear"));
        String type = fields.text(PREFIX + "type").orElse(factor.isPresent() ? "linear" : "none");
        return switch (type) {
            case "none" -> new RopeScaling.None();
            case "linear" -> linear(factor.orElse(1.0));
            case "yarn" -> yarn(fields, factor.orElse(1.0), contextLength);
            default -> throw HuggingFaceRules.unsupported(PREFIX + "type", type, "supported are none, linear and yarn");
        };
    }

    private static RopeScaling linear(double factor) {
        return factor == 1 || factor == 0 ? new RopeScaling.None() : new RopeScaling.Linear(factor);
    }

    private static RopeScaling yarn(GgufFields fields, double factor, int contextLength) {
        double scale = fields.number(PREFIX + "attn_factor").orElse(1.0);
        return new RopeScaling.Yarn(
                factor,
                fields.integer(PREFIX + "original_context_length").orElse(contextLength),
                fields.number(PREFIX + "yarn_beta_fast").orElse(32.0),
                fields.number(PREFIX + "yarn_beta_slow").orElse(1.0),
                true,
                scale * RopeScaling.Yarn.temperature(factor, 1));
    }
}
