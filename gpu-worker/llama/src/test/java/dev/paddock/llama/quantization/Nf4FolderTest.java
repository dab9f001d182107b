package dev.paddock.llama.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.paddock.kernels.Kernels;
import dev.paddock.llama.Fixtures;
import dev.paddock.llama.export.ModelFolder;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.vector.DenseKind;
import dev.paddock.llama.inference.vector.VectorExecutor;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.NormalFloat;
import dev.paddock.llama.weights.Safetensors;
import dev.paddock.llama.weights.TensorInfo;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against figures and folders of {@code benchmarks/reference/nf4_folder_reference.py}, made by transformers and bitsandbytes. */
class Nf4FolderTest {
    private static final String STATE = "quant_state.bitsandbytes__nf4";
    /** Of logits up to 6; sums are in another order. */
    private static final float TOLERANCE = 1e-4f;

    @TempDir
    private Path folder;

    static Path reference(String name) {
        return Path.of(URI.create(Objects.requireNonNull(Nf4FolderTest.class.getResource("folders/" + name))
                .toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"double", "single"})
    void whatTransformersSavedIsReadToTheBit(String name) {
        JsonNode figures = Fixtures.json("/dev/paddock/llama/quantization/folders/figures.json")
                .get(name);
        try (WeightSource model = ModelFiles.open(reference(name))) {
            assertThat(figures.get("matrices").size()).isEqualTo(7);
            figures.get("matrices").properties().forEach(matrix -> {
                assertThat(model.info(matrix.getKey()).type()).isEqualTo(TensorType.NF4);
                byte[] bytes = Figures.bytes(numbers(model, matrix.getKey()));
                assertThat(Figures.digest(bytes)).isEqualTo(matrix.getValue().stringValue());
            });
            int[] ids = Fixtures.ints(figures.get("ids"));
            try (Executor libtorch = new LibtorchExecutor(model, Precision.FP32)) {
                assertLogits(figures, libtorch, ids);
            }
            if (Kernels.available()) {
                try (Executor vectors = new VectorExecutor(model, DenseKind.FP32, 2)) {
                    assertLogits(figures, vectors, ids);
                }
            }
        }
    }

    /** All tokens at once, and one by one. */
    private static void assertLogits(JsonNode figures, Executor executor, int... ids) {
        double[] expected = figures.get("logits")
                .valueStream()
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
        long whole = executor.open(null, ids.length);
        float[] atOnce = executor.run(List.of(new StepInput(whole, ids, true, null)))
                .get(0)
                .logits();
        long sequence = executor.open(null, ids.length);
        float[] last = new float[0];
        for (int id : ids) {
            last = executor.run(List.of(new StepInput(sequence, new int[] {id}, true, null)))
                    .get(0)
                    .logits();
        }
        assertThat(atOnce).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) atOnce[i]).isCloseTo(expected[i], within((double) TOLERANCE));
            assertThat((double) last[i]).isCloseTo(expected[i], within((double) TOLERANCE));
        }
    }

    private static float[] numbers(WeightSource model, String name) {
        FloatBuffer numbers = FloatBuffer.allocate((int) model.info(name).elements());
        model.read(name, numbers);
        return numbers.array();
    }

    @Test
    void whatIsWrittenIsWhatTransformersSaves() throws IOException {
        AtomicInteger steps = new AtomicInteger();
        try (WeightSource dense = ModelFiles.open(reference("dense"))) {
            Nf4Folder.write(dense, reference("dense"), folder, steps::incrementAndGet);
        }
        assertThat(steps).hasValueGreaterThanOrEqualTo(7);
        try (Safetensors expected = Safetensors.open(reference("double").resolve("model.safetensors"));
                Safetensors actual = Safetensors.open(folder.resolve("model.safetensors"))) {
            assertThat(actual.names()).isEqualTo(expected.names());
            assertThat(actual.metadata()).isEqualTo(expected.metadata());
            for (String name : expected.names()) {
                if (name.endsWith(STATE)) {
                    assertThat(json(actual.raw(name))).as(name).isEqualTo(json(expected.raw(name)));
                } else {
                    assertThat(actual.info(name)).as(name).isEqualTo(expected.info(name));
                    assertThat(actual.raw(name)).as(name).isEqualTo(expected.raw(name));
                }
            }
        }
        assertThat(config(folder)).isEqualTo(config(reference("double")));
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    private static JsonNode config(Path model) throws IOException {
        return JsonMapper.shared().readTree(Files.readAllBytes(model.resolve("config.json")));
    }

    private static JsonNode json(ByteBuffer bytes) {
        return JsonMapper.shared().readTree(StandardCharsets.UTF_8.decode(bytes).toString());
    }

    @Test
    void anyRowsAreThoseOfTheQuantizedMatrix() throws IOException {
        Path base = TinyModelFiles.folder();
        try (TensorScope scope = TensorScope.open();
                Nf4Dequantizer dequantizer = new Nf4Dequantizer(1);
                WeightSource source = ModelFiles.open(base)) {
            Nf4Folder.write(source, base, folder, () -> {});
            assertThat(folder.resolve("tokenizer.json")).exists();
            try (WeightSource written = ModelFiles.open(folder)) {
                assertThat(written.config()).isEqualTo(source.config());
                for (String name : source.names()) {
                    TensorInfo info = written.info(name);
                    assertThat(info.shape()).isEqualTo(source.info(name).shape());
                    if (info.type() == TensorType.NF4) {
                        Nf4Matrix matrix = Nf4Matrix.quantize(scope, source, name);
                        NDArray tensor = Tensors.zeros(scope, ScalarType.FLOAT32, info.rows(), info.columns());
                        matrix.dequantizeInto(tensor, 0, dequantizer);
                        float[] expected = tensor.toFloatArray();
                        assertThat(numbers(written, name)).as(name).isEqualTo(expected);
                        assertSomeRows(written, name, expected);
                    } else {
                        assertThat(numbers(written, name)).as(name).isEqualTo(numbers(source, name));
                    }
                }
            }
        }
    }

    private static void assertSomeRows(WeightSource model, String name, float[] expected) {
        TensorInfo info = model.info(name);
        Random random = new Random(9);
        for (int i = 0; i < 10; i++) {
            int first = random.nextInt((int) info.rows());
            int count = random.nextInt((int) info.rows() - first + 1);
            FloatBuffer rows = FloatBuffer.allocate(count * (int) info.columns());
            model.readRows(name, first, count, rows);
            assertThat(rows.flip())
                    .isEqualTo(FloatBuffer.wrap(expected, first * (int) info.columns(), count * (int) info.columns()));
        }
    }

    @Test
    void rawBlocksHaveAScaleBeforeTheirPlaces() {
        String name = "model.layers.0.mlp.down_proj.weight";
        try (WeightSource model = ModelFiles.open(reference("double"))) {
            ByteBuffer raw = model.raw(name).order(ByteOrder.LITTLE_ENDIAN);
            float[] numbers = numbers(model, name);
            assertThat(raw.remaining())
                    .isEqualTo((int) model.info(name).bytes())
                    .isEqualTo(numbers.length / 64 * 36);
            assertThat(model.storedBytes(name)).isEqualTo(8704 + 272 + 4 * (2 + 256 + 16));
            float[] code = NormalFloat.code();
            for (int i = 0; i < numbers.length; i++) {
                int block = i / 64 * 36;
                int place = raw.get(block + 4 + i % 64 / 2) >> (i % 2 == 0 ? 4 : 0) & 0xF;
                assertThat(code[place] * raw.getFloat(block)).isEqualTo(numbers[i]);
            }
        }
    }

    @Test
    void aModelMadeFromOneInFewBitsDoesNotSayThatItIsOne() throws IOException {
        ModelFolder.complete(reference("double"), folder);
        assertThat(config(folder).has("quantization_config")).isFalse();
        assertThat(config(folder).get("hidden_size").intValue()).isEqualTo(64);
    }

    @Test
    void numbersThatAreNotFiniteAreRefusedByName() {
        Path base = reference("dense");
        try (WeightSource dense = ModelFiles.open(base)) {
            WeightSource broken = new WithInfinity(dense);
            assertThatThrownBy(() -> Nf4Folder.write(broken, base, folder, () -> {}))
                    .hasMessageContaining("model.layers.0.mlp.up_proj.weight")
                    .hasMessageContaining("Infinity");
            assertThat(folder.resolve("model.safetensors")).doesNotExist();
        }
    }
}
