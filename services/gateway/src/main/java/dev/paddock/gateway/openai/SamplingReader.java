package dev.paddock.gateway.openai;

import dev.paddock.contracts.inference.SamplingParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Sampling in OpenAI's names and ranges, plus top_k, min_p, typical_p and repetition_penalty; a top_k of -1 is none, as in vLLM. */
final class SamplingReader {
    static final int MOST_CHOICES = 128;
    private static final int MOST_STOPS = 16;
    private static final int MOST_BIASES = 1024;

    private SamplingReader() {}

    static SamplingParameters read(RequestFields fields, @Nullable Integer maxTokens) {
        Integer n = fields.integer("n", 1, MOST_CHOICES);
        return new SamplingParameters(
                maxTokens,
                fields.decimal("temperature", 0, 2),
                fields.share("top_p"),
                topK(fields),
                fields.decimal("repetition_penalty", 0.01, 10),
                fields.decimal("presence_penalty", -2, 2),
                fields.decimal("frequency_penalty", -2, 2),
                biases(fields),
                fields.longInteger("seed"),
                stops(fields),
                n,
                fields.decimal("min_p", 0, 1),
                fields.share("typical_p"),
                BeamReader.read(fields, n));
    }

    private static @Nullable Integer topK(RequestFields fields) {
        Integer count = fields.integer("top_k", -1, 1_000_000);
        return count != null && count == -1 ? Integer.valueOf(0) : count;
    }

    private static @Nullable List<String> stops(RequestFields fields) {
        JsonNode stop = fields.find("stop").orElse(null);
        if (stop == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        if (stop.isString()) {
            texts.add(stop.asString());
        } else if (stop.isArray()) {
            stop.forEach(item -> texts.add(item.isString() ? item.asString() : ""));
        }
        if (texts.size() > MOST_STOPS || texts.contains("") || (texts.isEmpty() && !stop.isArray())) {
            throw RequestFields.wrong("stop", stop, "a non-empty string or at most " + MOST_STOPS + " of them");
        }
        return texts.isEmpty() ? null : texts;
    }

    private static @Nullable Map<Integer, Double> biases(RequestFields fields) {
        JsonNode biases = fields.find("logit_bias").orElse(null);
        if (biases == null || (biases.isObject() && biases.isEmpty())) {
            return null;
        }
        Map<Integer, Double> byToken = new TreeMap<>();
        try {
            for (Map.Entry<String, JsonNode> bias : biases.properties()) {
                JsonNode value = bias.getValue();
                byToken.put(Integer.valueOf(bias.getKey()), value.isNumber() ? value.asDouble(Double.NaN) : Double.NaN);
            }
        } catch (NumberFormatException e) {
            byToken.clear();
        }
        boolean wrong = byToken.values().stream().anyMatch(value -> !(Math.abs(value) <= 100));
        if (byToken.isEmpty() || wrong || byToken.size() > MOST_BIASES) {
            throw RequestFields.wrong(
                    "logit_bias",
                    biases,
                    "an object of at most " + MOST_BIASES + " token ids with values in -100 to 100");
        }
        return byToken;
    }
}
