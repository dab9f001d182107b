package dev.paddock.llama.config;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a scaling as transformers' {@code rope_scaling}. */
final class ScalingWriter {
    private ScalingWriter() {}

    /** Divisors by frequency are written as longrope with the same factors at every length. */
    static ObjectNode write(RopeScaling scaling, int contextLength) {
        if (scaling instanceof RopeScaling.Linear linear) {
            return numbers("linear", Map.of("factor", linear.factor()));
        } else if (scaling instanceof RopeScaling.Dynamic dynamic) {
            return numbers("dynamic", Map.of("factor", dynamic.factor()));
        } else if (scaling instanceof RopeScaling.Yarn yarn) {
            return yarn(yarn);
        } else if (scaling instanceof RopeScaling.LongRope longRope) {
            return longRope(longRope);
        } else if (scaling instanceof RopeScaling.Llama3 llama3) {
            return llama3(llama3);
        } else if (scaling instanceof RopeScaling.Proportional part) {
            return numbers("proportional", Map.of("factor", part.factor(), "partial_rotary_factor", part.share()));
        } else if (scaling instanceof RopeScaling.Divided divided) {
            return longRope(new RopeScaling.LongRope(divided.divisors(), divided.divisors(), contextLength, 1));
        }
        return numbers("default", Map.of());
    }

    private static ObjectNode yarn(RopeScaling.Yarn yarn) {
        return numbers(
                        "yarn",
                        Map.of(
                                "factor", yarn.factor(),
                                "beta_fast", yarn.betaFast(),
                                "beta_slow", yarn.betaSlow(),
                                "attention_factor", yarn.attentionScale()))
                .put("original_max_position_embeddings", yarn.originalContextLength())
                .put("truncate", yarn.truncate());
    }

    private static ObjectNode longRope(RopeScaling.LongRope longRope) {
        ObjectNode node = numbers("longrope", Map.of("attention_factor", longRope.attentionScale()))
                .put("original_max_position_embeddings", longRope.originalContextLength());
        add(node.putArray("short_factor"), longRope.shortFactors());
        add(node.putArray("long_factor"), longRope.longFactors());
        return node;
    }

    private static ObjectNode llama3(RopeScaling.Llama3 llama3) {
        return numbers(
                        "llama3",
                        Map.of(
                                "factor", llama3.factor(),
                                "low_freq_factor", llama3.lowFrequencyFactor(),
                                "high_freq_factor", llama3.highFrequencyFactor()))
                .put("original_max_position_embeddings", llama3.originalContextLength());
    }

    private static ObjectNode numbers(String type, Map<String, Double> numbers) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("rope_type", type);
        numbers.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> node.put(entry.getKey(), entry.getValue()));
        return node;
    }

    private static void add(ArrayNode array, List<Double> numbers) {
        numbers.forEach(array::add);
    }
}
