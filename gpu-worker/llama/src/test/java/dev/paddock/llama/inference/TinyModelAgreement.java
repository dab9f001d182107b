package dev.paddock.llama.inference;

import static dev.paddock.llama.inference.ReferenceFigures.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A random model with biases, wide heads and scaled positions, and a PEFT adapter, against transformers in fp32. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TinyModelAgreement {
    protected static final Path FOLDER = resource("tiny");
    private static final WeightSource SOURCE = ModelFiles.open(FOLDER.resolve("model"));
    private final Executor executor = executor(SOURCE);

    /** An executor that computes in fp32. */
    protected abstract Executor executor(WeightSource source);

    @AfterAll
    void close() {
        executor.close();
    }

    @Test
    void aForkGoesOnAsTheWholeDoes() {
        int[] tokens = {5, 9, 2, 7, 7, 1, 30, 4};
        long whole = executor.open(null, 8);
        float[] expected = executor.run(List.of(new StepInput(whole, tokens, true, null)))
                .get(0)
                .logits();
        long fork = executor.fork(whole, 5, 8);
        float[] logits = executor.run(List.of(new StepInput(fork, Arrays.copyOfRange(tokens, 5, 8), true, null)))
                .get(0)
                .logits();
        assertThat(logits).containsExactly(expected, within(1e-4f));
        assertThatThrownBy(() -> executor.fork(fork, 9, 9)).hasMessageContaining("9 tokens of a sequence that has 8");
        executor.release(whole);
        executor.release(fork);
    }

    @Test
    void logitsGreedyTextAndLikelihoodAgreeWithTransformers() {
        ReferenceFigures reference = new ReferenceFigures("tiny/figures.json");
        reference.assertLogits(executor);
        reference.assertGreedy(executor);
        reference.assertLikelihood(executor);
    }

    @Test
    void theProjectsOwnTinyModelAgreesToo() {
        ReferenceFigures reference = new ReferenceFigures("project-tiny.json");
        try (WeightSource source = ModelFiles.open(TinyModelFiles.folder());
                Executor own = executor(source)) {
            reference.assertLogits(own);
            reference.assertGreedy(own);
            reference.assertLikelihood(own);
            assertThat(reference.scored()).isGreaterThan(10_000);
        }
    }

    @Test
    void beamSearchFindsWhatTransformersFinds() {
        try (WeightSource source = ModelFiles.open(TinyModelFiles.folder())) {
            new BeamFigures().assertFoundBy(executor(source), 40_000);
        }
    }

    @Test
    void aPeftAdapterGivesPeftsLogits() {
        executor.loadAdapter("peft", PeftAdapter.read(FOLDER.resolve("adapter")));
        JsonNode figures = new JsonMapper().readTree(FOLDER.resolve("adapter.json"));
        int[] ids = ints(figures.get("ids"));
        long sequence = executor.open("peft", ids.length);
        float[] logits = executor.run(List.of(new StepInput(sequence, ids, true, null)))
                .get(0)
                .logits();
        executor.release(sequence);
        executor.unloadAdapter("peft");
        for (int i = 0; i < logits.length; i++) {
            assertThat((double) logits[i])
                    .isCloseTo(figures.get("logits").get(i).asDouble(), within(2e-3));
        }
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(TinyModelAgreement.class.getResource(name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
