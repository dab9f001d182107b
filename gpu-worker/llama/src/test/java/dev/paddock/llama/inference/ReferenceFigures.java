package dev.paddock.llama.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.inference.sampling.Logits;
import dev.paddock.llama.inference.sampling.TokenLogProbability;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Figures of transformers in fp32 from {@code benchmarks/reference/inference_reference.py}, and how an executor meets them. */
final class ReferenceFigures {
    private static final double LOGIT_TOLERANCE = 2e-3;
    private static final int CHUNK = 512;
    private final JsonNode figures;

    ReferenceFigures(String resource) {
        try (InputStream stream =
                Objects.requireNonNull(ReferenceFigures.class.getResourceAsStream(resource), resource)) {
            figures = new JsonMapper().readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Logits within 2e-3, and the same ten likeliest tokens in the same order wherever neighbours differ by more. */
    void assertLogits(Executor executor) {
        int stride = figures.get("stride").asInt();
        for (JsonNode prompt : figures.get("prompts")) {
            float[] logits = last(executor, ints(prompt.get("ids")));
            for (int i = 0; i < prompt.get("everyNth").size(); i++) {
                assertThat((double) logits[i * stride])
                        .isCloseTo(prompt.get("everyNth").get(i).asDouble(), within(LOGIT_TOLERANCE));
            }
            List<TokenLogProbability> top = Logits.top(logits, 10, 0);
            for (int i = 0; i < 10; i++) {
                assertThat((double) logits[prompt.get("top").get(i).asInt()])
                        .isCloseTo(prompt.get("topLogits").get(i).asDouble(), within(LOGIT_TOLERANCE));
                if (apart(prompt.get("topLogits"), i)) {
                    assertThat(top.get(i).token())
                            .isEqualTo(prompt.get("top").get(i).asInt());
                }
            }
        }
        assertThat(figures.get("prompts").size()).isGreaterThanOrEqualTo(5);
    }

    /** The same 64 greedy tokens. */
    void assertGreedy(Executor executor) {
        for (JsonNode prompt : figures.get("prompts")) {
            int[] ids = ints(prompt.get("ids"));
            int[] expected = ints(prompt.get("greedy"));
            assertThat(greedy(executor, ids, expected.length)).containsExactly(expected);
        }
    }

    /** The mean negative log-likelihood within 1e-4. */
    void assertLikelihood(Executor executor) {
        double sum = 0;
        int count = 0;
        for (JsonNode window : figures.get("windows").get("ids")) {
            for (TokenScore score : scores(executor, ints(window))) {
                sum -= score.logProbability();
                count++;
            }
        }
        assertThat(count).isEqualTo(figures.get("windows").get("scored").asInt());
        assertThat(sum / count)
                .isCloseTo(
                        figures.get("windows").get("meanNegativeLogLikelihood").asDouble(), within(1e-4));
    }

    int scored() {
        return figures.get("windows").get("scored").asInt();
    }

    private static boolean apart(JsonNode logits, int i) {
        double value = logits.get(i).asDouble();
        boolean fromHigher = i == 0 || logits.get(i - 1).asDouble() - value > LOGIT_TOLERANCE;
        boolean fromLower = i == 9 || value - logits.get(i + 1).asDouble() > LOGIT_TOLERANCE;
        return fromHigher && fromLower;
    }

    private static float[] last(Executor executor, int[] ids) {
        long sequence = executor.open(null, ids.length);
        float[] logits = executor.run(List.of(new StepInput(sequence, ids, true, null)))
                .get(0)
                .logits();
        executor.release(sequence);
        return logits;
    }

    private static int[] greedy(Executor executor, int[] prompt, int count) {
        long sequence = executor.open(null, prompt.length + count);
        int[] tokens = new int[count];
        int[] next = prompt;
        for (int i = 0; i < count; i++) {
            StepOutput output = executor.run(List.of(new StepInput(sequence, next, true, null)))
                    .get(0);
            tokens[i] = Logits.argMax(output.logits());
            next = new int[] {tokens[i]};
        }
        executor.release(sequence);
        return tokens;
    }

    private static List<TokenScore> scores(Executor executor, int[] ids) {
        long sequence = executor.open(null, ids.length);
        List<TokenScore> scores = new ArrayList<>();
        for (int at = 0; at < ids.length; at += CHUNK) {
            int[] chunk = java.util.Arrays.copyOfRange(ids, at, Math.min(at + CHUNK, ids.length));
            int[] targets = java.util.Arrays.copyOfRange(ids, at + 1, Math.min(at + CHUNK + 1, ids.length));
            StepInput.Scoring scoring = new StepInput.Scoring(0, targets, 0);
            scores.addAll(executor.run(List.of(new StepInput(sequence, chunk, false, scoring)))
                    .get(0)
                    .scores());
        }
        executor.release(sequence);
        return scores;
    }

    static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asInt();
        }
        return values;
    }
}
