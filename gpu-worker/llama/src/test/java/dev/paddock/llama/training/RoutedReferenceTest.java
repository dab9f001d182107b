package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.kernels.Kernels;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.adapter.RoutedFolder;
import dev.paddock.llama.adapter.Routing;
import dev.paddock.llama.adapter.Routing.Member;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.vector.DenseKind;
import dev.paddock.llama.inference.vector.VectorExecutor;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** PEFT's adapters under gates, in PyTorch and here; figures made by {@code benchmarks/reference/routed_reference.py}. */
class RoutedReferenceTest {
    private static final float TOLERANCE = 2e-3f;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    private static Path folder() throws Exception {
        return Path.of(Objects.requireNonNull(RoutedReferenceTest.class.getResource("routed"))
                .toURI());
    }

    private static JsonNode figures() throws Exception {
        return JsonMapper.shared().readTree(folder().resolve("figures.json").toFile());
    }

    private static int[] ints(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::intValue).toArray();
    }

    private static Routing routing() throws Exception {
        List<String> names = RoutedFolder.names(folder());
        Path members = folder().resolve("adapters");
        return new Routing(
                IntStream.range(0, names.size())
                        .mapToObj(i -> Member.read(names.get(i), members.resolve("" + i)))
                        .toList(),
                2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theReferencesFolderIsServedWithItsLogits(boolean vectors) throws Exception {
        Assumptions.assumeTrue(!vectors || Kernels.available(), "vectors of 256 bits are missing");
        JsonNode figures = figures();
        try (WeightSource base = ModelFiles.open(TinyModelFiles.folder());
                Executor executor = vectors
                        ? new VectorExecutor(base, DenseKind.FP32, 1)
                        : new LibtorchExecutor(base, Precision.FP32)) {
            executor.loadAdapter("routed", PeftAdapter.read(folder()));
            for (int prompt = 0; prompt < figures.path("prompts").size(); prompt++) {
                int[] tokens = ints(figures.path("prompts").path(prompt));
                long sequence = executor.open("routed", tokens.length);
                float[] logits = executor.run(List.of(new StepInput(sequence, tokens, true, null)))
                        .get(0)
                        .logits();
                assertClose(
                        logits,
                        figures.path("logits").path(prompt),
                        figures.path("every").intValue());
            }
        }
    }

    private static void assertClose(float[] logits, JsonNode expected, int every) {
        assertThat(expected.size()).isEqualTo(logits.length / every).isPositive();
        for (int i = 0; i < expected.size(); i++) {
            assertThat(logits[i * every]).isCloseTo(expected.path(i).floatValue(), within(TOLERANCE));
        }
    }

    @Test
    void theGradientsOfGatesAreThoseOfAutograd() throws Exception {
        JsonNode figures = figures();
        try (WeightSource base = ModelFiles.open(TinyModelFiles.folder());
                TrainingSession session = new TrainingSession(
                        base,
                        Adaptation.gates(routing()),
                        TrainingSessionTest.settings(1, 1, 1e-3),
                        List.of(TrainingExample.text(ints(figures.path("text")))))) {
            session.load(PeftAdapter.read(folder()));
            float[] gradient = new float[(int) session.model().parameters().size()];
            assertThat(session.gradient(1, gradient))
                    .isCloseTo(figures.path("loss").doubleValue(), within(1e-4));
            LoraAdapter gradients = session.model().parts().adapter(gradient);
            figures.path("gradients").properties().forEach(entry -> {
                float[] own = gradients.updates().entrySet().stream()
                        .filter(update -> entry.getKey()
                                .equals(update.getKey()
                                        .projection()
                                        .path(update.getKey().layer())))
                        .map(update -> update.getValue().gate().weights())
                        .findFirst()
                        .orElseThrow();
                assertThat(own).hasSize(entry.getValue().size());
                for (int i = 0; i < own.length; i++) {
                    assertThat((double) own[i])
                            .as(entry.getKey() + " " + i)
                            .isCloseTo(entry.getValue().path(i).doubleValue(), within(1e-4));
                }
            });
        }
    }

    @Test
    void whatIsReadAndWrittenAgainIsTheReferencesOwn() throws Exception {
        LoraAdapter read = PeftAdapter.read(folder());
        RoutedFolder.write(temporary, routing(), read, "paddock-tiny");
        assertThat(PeftAdapter.read(temporary)).usingRecursiveComparison().isEqualTo(read);
        assertThat(RoutedFolder.names(temporary)).containsExactly("first", "second", "third");
        for (String file : List.of("adapter_config.json", "adapter_model.safetensors")) {
            assertThat(temporary.resolve("adapters/1").resolve(file))
                    .hasSameBinaryContentAs(folder().resolve("adapters/1").resolve(file));
        }
    }
}
