package dev.paddock.llama.inference;

import static dev.paddock.llama.inference.ReferenceFigures.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A random model with biases, wide heads and scaled positions, and a PEFT adapter, against transformers in fp32. */
final class TinyModelAgreementTest {
    private static final Path FOLDER = resource("tiny");
    private static final WeightSource SOURCE = ModelFiles.open(FOLDER.resolve("model"));
    private static final Executor EXECUTOR = new LibtorchExecutor(SOURCE, Precision.FP32);

    @TempDir
    Path temporary;

    private static final int THREADS = Libtorch.threads();

    /** Products this small are not worth a second thread. */
    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    @AfterAll
    static void close() {
        Libtorch.setThreads(THREADS);
        EXECUTOR.close();
        SOURCE.close();
    }

    @Test
    void aForkGoesOnAsTheWholeDoes() {
        int[] tokens = {5, 9, 2, 7, 7, 1, 30, 4};
        long whole = EXECUTOR.open(null, 8);
        float[] expected = EXECUTOR.run(List.of(new StepInput(whole, tokens, true, null)))
                .get(0)
                .logits();
        long fork = EXECUTOR.fork(whole, 5, 8);
        float[] logits = EXECUTOR.run(List.of(new StepInput(fork, Arrays.copyOfRange(tokens, 5, 8), true, null)))
                .get(0)
                .logits();
        assertThat(logits).containsExactly(expected, within(1e-4f));
        assertThatThrownBy(() -> EXECUTOR.fork(fork, 9, 9)).hasMessageContaining("9 tokens of a sequence that has 8");
        EXECUTOR.release(whole);
        EXECUTOR.release(fork);
    }

    @Test
    void logitsGreedyTextAndLikelihoodAgreeWithTransformers() {
        ReferenceFigures reference = new ReferenceFigures("tiny/figures.json");
        reference.assertLogits(EXECUTOR);
        reference.assertGreedy(EXECUTOR);
        reference.assertLikelihood(EXECUTOR);
    }

    @Test
    void theProjectsOwnTinyModelAgreesToo() {
        ReferenceFigures reference = new ReferenceFigures("project-tiny.json");
        try (WeightSource source = ModelFiles.open(TinyModelFiles.folder());
                Executor executor = new LibtorchExecutor(source, Precision.FP32)) {
            reference.assertLogits(executor);
            reference.assertGreedy(executor);
            reference.assertLikelihood(executor);
            assertThat(reference.scored()).isGreaterThan(10_000);
        }
    }

    @Test
    void aPeftAdapterGivesPeftsLogits() {
        EXECUTOR.loadAdapter("peft", PeftAdapter.read(FOLDER.resolve("adapter")));
        JsonNode figures = new JsonMapper().readTree(FOLDER.resolve("adapter.json"));
        int[] ids = ints(figures.get("ids"));
        long sequence = EXECUTOR.open("peft", ids.length);
        float[] logits = EXECUTOR.run(List.of(new StepInput(sequence, ids, true, null)))
                .get(0)
                .logits();
        EXECUTOR.release(sequence);
        EXECUTOR.unloadAdapter("peft");
        for (int i = 0; i < logits.length; i++) {
            assertThat((double) logits[i])
                    .isCloseTo(figures.get("logits").get(i).asDouble(), within(2e-3));
        }
    }

    @Test
    void adaptersThatAreNotServedAreRefusedByName() throws IOException {
        assertRefused("\"use_dora\": false", "\"use_dora\": true", UnsupportedModelException.class, "use_dora is true");
        assertRefused("\"bias\": \"none\"", "\"bias\": \"all\"", UnsupportedModelException.class, "bias is \"all\"");
        assertRefused("\"r\": 4", "\"r\": 5", MalformedModelFileException.class, "its rank should be 5");
        assertRefused("\"r\": 4", "\"r\": {", MalformedModelFileException.class, "no JSON");
    }

    private void assertRefused(String from, String to, Class<? extends Exception> type, String message)
            throws IOException {
        String config = Files.readString(FOLDER.resolve("adapter/adapter_config.json"));
        assertThat(config).contains(from);
        Files.writeString(temporary.resolve("adapter_config.json"), config.replace(from, to));
        Path weights = temporary.resolve("adapter_model.safetensors");
        if (!Files.exists(weights)) {
            Files.copy(FOLDER.resolve("adapter/adapter_model.safetensors"), weights);
        }
        assertThatThrownBy(() -> PeftAdapter.read(temporary)).isInstanceOf(type).hasMessageContaining(message);
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(TinyModelAgreementTest.class.getResource(name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
