package dev.paddock.llama.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.Fixtures;
import dev.paddock.llama.chat.ChatTemplates;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whole models made of whole models and of adapters. */
class ModelMergeTest {
    private static final String MATRIX = "model.layers.1.mlp.down_proj.weight";

    @TempDir
    Path temporary;

    private Path base;
    private Path target;

    @BeforeEach
    void theTinyModel() throws IOException {
        base = TinyModelFiles.folder();
        target = Files.createDirectory(temporary.resolve("target"));
    }

    @Test
    void aMergedAdapterGivesPeftsLogits() throws Exception {
        Path folder = Path.of(Objects.requireNonNull(Fixtures.class.getResource("inference/tiny"))
                .toURI());
        JsonNode figures = Fixtures.json("inference/tiny/adapter.json");
        int[] ids = Fixtures.ints(figures.get("ids"));
        MergeSource adapted = new MergeSource("adapted", folder.resolve("model"), folder.resolve("adapter"));
        try (WeightSource weights = new Copied(adapted.open());
                LibtorchExecutor executor = new LibtorchExecutor(weights, Precision.FP32)) {
            long sequence = executor.open(null, ids.length);
            float[] logits = executor.run(List.of(new StepInput(sequence, ids, true, null)))
                    .get(0)
                    .logits();
            for (int i = 0; i < logits.length; i++) {
                assertThat((double) logits[i])
                        .isCloseTo(figures.get("logits").get(i).asDouble(), within(2e-3));
            }
        }
    }

    @Test
    void theResultIsAModelOfItsOwnWithTokenizerAndTemplate() throws IOException {
        Path doubled = doubled();
        merge(List.of(source(base), source(doubled)), new LinearMerge(List.of(1.0, 3.0), true));
        try (WeightSource merged = ModelFiles.open(target);
                WeightSource before = ModelFiles.open(base)) {
            assertThat(merged.config()).isEqualTo(before.config());
            assertThat(merged.names()).isEqualTo(before.names());
            assertThat(merged.info(MATRIX)).isEqualTo(before.info(MATRIX));
            assertThat(first(merged)).isEqualTo(first(before) * 1.75f, within(1e-2f * Math.abs(first(before))));
        }
        try (Tokenizer tokenizer = Tokenizers.of(target);
                Tokenizer other = Tokenizers.of(base)) {
            assertThat(tokenizer.encode("Where is my parcel?")).isEqualTo(other.encode("Where is my parcel?"));
            assertThat(ChatTemplates.of(tokenizer).of(false)).isPresent();
        }
    }

    @Test
    void whatDoesNotBelongTogetherIsRefusedByName() throws Exception {
        Path folder = Path.of(Objects.requireNonNull(Fixtures.class.getResource("inference/tiny/model"))
                .toURI());
        Path other = Files.createDirectory(temporary.resolve("other"));
        TinyModelFiles.copyTo(other);
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.write(other.resolve(file), Files.readAllBytes(folder.resolve(file)));
        }
        LinearMerge rule = new LinearMerge(List.of(1.0), true);
        assertThatThrownBy(() -> merge(List.of(source(other)), rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("models of the same shape");

        Path retokened = Files.createDirectory(temporary.resolve("retokened"));
        TinyModelFiles.copyTo(retokened);
        Path tokens = retokened.resolve("tokenizer.json");
        Files.writeString(tokens, Files.readString(tokens).replace("\"a\":100,\"b\":101", "\"a\":101,\"b\":100"));
        assertThatThrownBy(() -> merge(List.of(source(retokened)), rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the same tokenizer");
    }

    private void merge(List<MergeSource> sources, MergeRule rule) throws IOException {
        new ModelMerge(base, sources, rule).write(base, target, done -> {});
    }

    private static MergeSource source(Path model) {
        return new MergeSource("source " + model.getFileName(), model, null);
    }

    /** The tiny model with every number twice as large. */
    private Path doubled() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("doubled"));
        new ModelMerge(base, List.of(source(base)), new LinearMerge(List.of(2.0), false))
                .write(base, folder, done -> {});
        return folder;
    }

    private static float first(WeightSource source) {
        float[] row = new float[(int) source.info(MATRIX).columns()];
        source.readRows(MATRIX, 0, 1, FloatBuffer.wrap(row));
        return row[0];
    }
}
