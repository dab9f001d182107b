package dev.paddock.llama.config;

import java.util.OptionalInt;

/**
 * Base and scaling of the rotary frequencies, from {@code rope_parameters} or from {@code rope_theta} and
 * {@code rope_scaling}; left-out parameters are derived as transformers' {@code modeling_rope_utils} does.
 */
record HuggingFaceRope(double base, RopeScaling scaling) {
    static HuggingFaceRope read(JsonFields config, int contextLength) {
        JsonFields rope = config.object("rope_parameters")
                .or(() -> config.object("rope_scaling"))
                .orElse(null);
        double base = config.number("rope_theta").orElse(10_000.0);
        if (rope == null) {
            refusePartial(config);
            return new HuggingFaceRope(base, new RopeScaling.None());
        }
        refuseNested(rope);
        String type = rope.text("rope_type").or(() -> rope.text("type")).orElseGet(() -> unnamedType(rope));
        if (!type.equals("proportional")) {
            refusePartial(config);
            refusePartial(rope);
        }
        OptionalInt original = config.integer("original_max_position_embeddings");
        int originalContext =
                original.orElse(rope.integer("original_max_position_embeddings").orElse(contextLength));
        return new HuggingFaceRope(
                rope.number("rope_theta").orElse(base), scaling(type, rope, contextLength, originalContext));
    }

    private static RopeScaling scaling(String type, JsonFields rope, int contextLength, int originalContext) {
        return switch (type) {
            case "default" -> new RopeScaling.None();
            case "linear" -> new RopeScaling.Linear(rope.requiredNumber("factor"));
            case "dynamic" -> new RopeScaling.Dynamic(rope.requiredNumber("factor"), contextLength);
            case "yarn" -> yarn(rope, contextLength, originalContext);
            case "longrope" -> longRope(rope, contextLength, originalContext);
            case "llama3" ->
                new RopeScaling.Llama3(
                        rope.requiredNumber("factor"),
                        rope.requiredNumber("low_freq_factor"),
                        rope.requiredNumber("high_freq_factor"),
                        originalContext);
            case "proportional" ->
                new RopeScaling.Proportional(
                        rope.number("factor").orElse(1.0),
                        rope.number("partial_rotary_factor").orElse(1.0));
            default ->
                throw HuggingFaceRules.unsupported(
                        "rope_type",
                        type,
                        "supported are default, linear, dynamic, yarn, longrope, llama3 and proportional");
        };
    }

    private static RopeScaling yarn(JsonFields rope, int contextLength, int originalContext) {
        double factor = rope.number("factor").orElse((double) contextLength / originalContext);
        double scale = rope.number("mscale").orElse(0.0);
        double scaleOfAll = rope.number("mscale_all_dim").orElse(0.0);
        double derived = scale != 0 && scaleOfAll != 0
                ? RopeScaling.Yarn.temperature(factor, scale) / RopeScaling.Yarn.temperature(factor, scaleOfAll)
                : RopeScaling.Yarn.temperature(factor, 1);
        return new RopeScaling.Yarn(
                factor,
                originalContext,
                rope.number("beta_fast").orElse(32.0),
                rope.number("beta_slow").orElse(1.0),
                rope.flag("truncate", true),
                rope.number("attention_factor").orElse(derived));
    }

    private static RopeScaling longRope(JsonFields rope, int contextLength, int originalContext) {
        double factor = rope.number("factor").orElse((double) contextLength / originalContext);
        double derived = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(originalContext));
        return new RopeScaling.LongRope(
                rope.requiredNumbers("short_factor"),
                rope.requiredNumbers("long_factor"),
                originalContext,
                rope.number("attention_factor").orElse(derived));
    }

    /** Only {@code rope_parameters} may leave its type out. */
    private static String unnamedType(JsonFields rope) {
        if (rope.prefix().equals("rope_scaling.")) {
            throw HuggingFaceRules.unsupported("rope_scaling", rope.node(), "it must name its rope_type");
        }
        return "default";
    }

    private static void refuseNested(JsonFields rope) {
        rope.node().properties().forEach(field -> {
            if (field.getValue().isObject()) {
                throw HuggingFaceRules.unsupported(
                        rope.prefix() + field.getKey(), field.getValue(), "all layers must rotate alike");
            }
        });
    }

    private static void refusePartial(JsonFields fields) {
        fields.number("partial_rotary_factor").filter(share -> share != 1).ifPresent(share -> {
            throw HuggingFaceRules.unsupported("partial_rotary_factor", share, "the whole head must rotate");
        });
    }
}
