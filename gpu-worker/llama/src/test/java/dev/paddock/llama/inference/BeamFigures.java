package dev.paddock.llama.inference;

import static dev.paddock.llama.inference.ReferenceFigures.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.inference.beam.BeamSettings;
import dev.paddock.llama.inference.beam.EarlyStopping;
import dev.paddock.llama.inference.sampling.SamplingParameters;
import dev.paddock.llama.inference.schedule.SchedulerLimits;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What transformers' beam search finds in the tiny model, from {@code benchmarks/reference/beam_search_reference.py}. */
final class BeamFigures {
    /** Of a score, or absolute below 1: transformers adds in fp32. */
    private static final double SCORE_TOLERANCE = 1e-4;

    private final JsonNode searches;

    BeamFigures() {
        try (InputStream stream = Objects.requireNonNull(BeamFigures.class.getResourceAsStream("beam-search.json"))) {
            searches = new JsonMapper().readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The same ids in the same order, and scores within 1e-4, whatever runs beside; closes the executor.
     *
     * @return how often a search gave way to others
     */
    long assertFoundBy(Executor executor, int cachedTokens) {
        assertThat(searches.size()).isGreaterThan(40);
        SchedulerLimits limits = new SchedulerLimits(10_000, 60, cachedTokens, 64);
        try (Generator generator =
                new Generator(executor, Tokenizers.of(TinyModelFiles.folder()), limits, Clock.systemUTC())) {
            List<SearchListener> listeners = new ArrayList<>();
            for (JsonNode search : searches) {
                SearchListener listener = new SearchListener();
                generator.submit(request(search, generator), listener);
                listeners.add(listener);
            }
            for (int i = 0; i < listeners.size(); i++) {
                assertFound(listeners.get(i).await(), searches.get(i));
            }
            assertThat(generator.idle()).isTrue();
            assertThat(generator.cacheUse()).isZero();
            return generator.preemptions();
        }
    }

    private static GenerationRequest request(JsonNode search, Generator generator) {
        int[] prompt = ints(search.get("prompt"));
        List<String> stop = new ArrayList<>();
        search.get("stop").forEach(text -> stop.add(text.asString()));
        return new GenerationRequest(
                        prompt,
                        null,
                        search.get("newTokens").asInt(),
                        SamplingParameters.greedy(),
                        stop,
                        generator.tokenizer().endIds(),
                        0,
                        prompt.length,
                        null)
                .searched(new BeamSettings(
                        search.get("width").asInt(),
                        search.get("answers").asInt(),
                        search.get("lengthPenalty").asDouble(),
                        EarlyStopping.valueOf(search.get("stopping").asString())));
    }

    private static void assertFound(List<FoundAnswer> answers, JsonNode search) {
        JsonNode found = search.get("found");
        assertThat(answers).hasSize(found.size());
        for (int i = 0; i < found.size(); i++) {
            FoundAnswer answer = answers.get(i);
            assertThat(answer.tokens().stream().mapToInt(GeneratedToken::token).toArray())
                    .as("answer %d of %s", i, search)
                    .containsExactly(ints(found.get(i).get("ids")));
            double score = found.get(i).get("score").asDouble();
            assertThat(answer.score()).isCloseTo(score, within(SCORE_TOLERANCE * Math.max(1, Math.abs(score))));
            double sum = answer.tokens().stream()
                    .mapToDouble(token -> Objects.requireNonNull(token.score()).logProbability())
                    .sum();
            double length =
                    Math.pow(answer.tokens().size(), search.get("lengthPenalty").asDouble());
            assertThat(answer.score()).as("of its tokens").isCloseTo(sum / length, within(1e-8));
        }
    }
}
