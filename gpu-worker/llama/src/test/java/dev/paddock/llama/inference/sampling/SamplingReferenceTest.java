package dev.paddock.llama.inference.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.Fixtures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The filters leave what transformers' processors leave, with the same probabilities (benchmarks/reference/sampling_reference.py). */
class SamplingReferenceTest {
    private static final double TOLERANCE = 1e-5;

    @Test
    void theFiltersLeaveWhatTransformersLeaves() {
        for (JsonNode row : Fixtures.json("inference/sampling.json")) {
            List<TokenLogProbability> left = Candidates.of(logits(row), parameters(row));
            double mass = left.stream()
                    .mapToDouble(token -> Math.exp(token.logProbability()))
                    .sum();
            double[] probabilities = new double[64];
            left.forEach(token -> probabilities[token.token()] = Math.exp(token.logProbability()) / mass);
            for (int token = 0; token < 64; token++) {
                assertThat(probabilities[token])
                        .as("token %d of %s", token, row.get("parameters"))
                        .isCloseTo(row.get("probabilities").get(token).asDouble(), within(TOLERANCE));
            }
        }
    }

    private static SamplingParameters parameters(JsonNode row) {
        JsonNode given = row.get("parameters");
        return new SamplingParameters(
                1,
                given.path("topP").asDouble(1),
                given.path("topK").asInt(0),
                given.path("minP").asDouble(0),
                given.path("typicalP").asDouble(1),
                given.path("repetitionPenalty").asDouble(1),
                0,
                0,
                Map.of(),
                0);
    }

    /** With the repetition penalty and at the temperature. */
    private static float[] logits(JsonNode row) {
        float[] logits = new float[64];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = row.get("logits").get(i).floatValue();
        }
        new TokenCounts(Fixtures.ints(row.get("tokens"))).penalize(logits, parameters(row));
        float temperature = (float) row.get("parameters").path("temperature").asDouble(1);
        for (int i = 0; i < logits.length; i++) {
            logits[i] /= temperature;
        }
        return logits;
    }
}
