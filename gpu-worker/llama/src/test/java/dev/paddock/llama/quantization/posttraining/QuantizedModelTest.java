package dev.paddock.llama.quantization.posttraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.TokenScore;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.vector.DenseKind;
import dev.paddock.llama.inference.vector.VectorExecutor;
import dev.paddock.llama.tiny.Corpus;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.llama.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tiny model in few bits: what the file holds, and how much of the model is left. */
class QuantizedModelTest {
    private static final String DOWN = "model.layers.2.mlp.down_proj.weight";
    private static final int LENGTH = 32;

    @TempDir
    Path folder;

    private final Path base = TinyModelFiles.folder();
    private final WeightSource source = ModelFiles.open(base);
    private final List<int[]> texts = sequences(7, 256);
    private final List<int[]> heldOut = sequences(99, 128);

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void perplexityIsThatOfTheExecutorThatServes() {
        double own = Perplexity.of(source, heldOut.subList(0, 2), () -> {});
        double sum = 0;
        try (LibtorchExecutor executor = new LibtorchExecutor(source, Precision.FP32)) {
            for (int[] tokens : heldOut.subList(0, 2)) {
                long sequence = executor.open(null, LENGTH);
                int[] targets = Arrays.copyOfRange(tokens, 1, LENGTH);
                StepInput input = new StepInput(sequence, tokens, false, new StepInput.Scoring(0, targets, 0));
                sum -= executor.run(List.of(input)).get(0).scores().stream()
                        .mapToDouble(TokenScore::logProbability)
                        .sum();
                executor.release(sequence);
            }
        }
        assertThat(Math.log(own)).isCloseTo(sum / 2 / (LENGTH - 1), within(1e-4));
    }

    /** The tiny model's inputs have no columns that stand out, which AWQ lives by: there it may lose 0.1 % to rounding. */
    @Test
    void gptqAndAwqLoseNoMoreThanRounding() {
        double before = Perplexity.of(source, heldOut, () -> {});
        for (int bits : new int[] {3, 4}) {
            Grid grid = new Grid(bits, 32);
            double nearest = perplexity(new NearestMethod(grid));
            double gptq = perplexity(new GptqMethod(grid, 0.01, true));
            double awq = perplexity(new AwqMethod(grid, 20));
            assertThat(gptq).as("gptq at %d bits", bits).isLessThanOrEqualTo(nearest);
            assertThat(awq).as("awq at %d bits", bits).isLessThanOrEqualTo(1.001 * nearest);
            assertThat(nearest).isGreaterThan(before);
        }
        assertThat(perplexity(new SmoothQuantMethod(new Grid(8, 0), 0.5))).isCloseTo(before, within(0.01 * before));
    }

    @Test
    void scalesThatMoveLeaveTheModelAsItWas() {
        double before = loss(new BlockWeights(source, 1));
        Random random = new Random(8);
        for (Group group : List.of(Group.QKV, Group.GATE_UP, Group.DOWN)) {
            BlockWeights block = new BlockWeights(source, 1);
            float[] scales = new float[group.projections().get(0).inputs(source.config())];
            for (int i = 0; i < scales.length; i++) {
                scales[i] = (float) Math.exp(random.nextGaussian());
            }
            group.projections().forEach(projection -> block.multiplyInputs(projection, scales));
            assertThat(loss(block)).as("%s scaled", group).isNotCloseTo(before, within(1e-2));
            AwqMethod.divideFeed(block, group, scales);
            assertThat(loss(block)).as("%s moved", group).isCloseTo(before, within(1e-4));
        }
    }

    @Test
    void theFileHoldsTheMethodsNumbersToTheBit() {
        Path file = folder.resolve("model.gguf");
        BlockMethod method = new GptqMethod(new Grid(3, 64), 0.01, false);
        QuantizedModel.of(source, method, texts.subList(0, 4), () -> {}).write(base, file);
        BlockWeights expected = third(method);
        try (WeightSource written = ModelFiles.open(file)) {
            assertThat(written.info(DOWN).type()).isEqualTo(TensorType.Q4_1);
            float[] numbers = new float[(int) written.info(DOWN).elements()];
            written.read(DOWN, FloatBuffer.wrap(numbers));
            assertThat(numbers).isEqualTo(expected.matrix(Projection.DOWN_PROJ));
            ByteBuffer blocks = written.raw(DOWN);
            for (int at = 4; at < blocks.limit(); at += 20) {
                assertThat(blocks.get(at) & 0x88).isZero();
            }
        }
        try (Tokenizer tokenizer = Tokenizers.of(file)) {
            assertThat(tokenizer.chatTemplate()).isPresent();
        }
    }

    @Test
    void theKernelsMultiplyTheBlocksAsTheyAre() {
        for (BlockMethod method :
                List.of(new GptqMethod(new Grid(3, 32), 0.01, true), new SmoothQuantMethod(new Grid(8, 0), 0.5))) {
            Path file = folder.resolve("model.gguf");
            QuantizedModel.of(source, method, texts.subList(0, 4), () -> {}).write(base, file);
            try (WeightSource written = ModelFiles.open(file);
                    VectorExecutor kernels = new VectorExecutor(written, DenseKind.FP32, 1);
                    LibtorchExecutor expanded = new LibtorchExecutor(written, Precision.FP32)) {
                assertThat(logits(kernels)).containsExactly(logits(expanded), within(2e-3f));
            }
        }
    }

    private float[] logits(Executor executor) {
        long sequence = executor.open(null, LENGTH);
        StepInput input = new StepInput(sequence, heldOut.get(0), true, null);
        return executor.run(List.of(input)).get(0).logits();
    }

    @Test
    void whatCannotBeDoneIsRefusedWithItsRule() {
        assertThatThrownBy(() -> new Grid(9, 32)).hasMessageContaining("bits is 9; it must be 2 to 8");
        assertThatThrownBy(() -> new Grid(4, 48)).hasMessageContaining("a multiple of 32");
        assertThatThrownBy(() -> new CodedMatrix(new Grid(4, 32), 2, 40)).hasMessageContaining("40 columns");
        GptqMethod method = new GptqMethod(new Grid(4, 32), 0.01, true);
        assertThatThrownBy(() -> QuantizedModel.of(source, method, List.of(), () -> {}))
                .hasMessageContaining("there are no rows");
    }

    /** The third block as the method leaves it, block after block. */
    private BlockWeights third(BlockMethod method) {
        try (CalibrationPass pass = new CalibrationPass(source, texts.subList(0, 4));
                TensorScope scope = TensorScope.open()) {
            BlockWeights block = new BlockWeights(source, 0);
            for (int layer = 0; layer < 3; layer++) {
                block = new BlockWeights(source, layer);
                method.quantize(block, pass.observe(block, scope));
                pass.advance(block);
            }
            return block;
        }
    }

    /** What the model loses on the texts with one block in the place of its second. */
    private double loss(BlockWeights second) {
        try (CalibrationPass pass = new CalibrationPass(source, heldOut.subList(0, 2))) {
            for (int layer = 0; layer < source.config().layers(); layer++) {
                pass.advance(layer == 1 ? second : new BlockWeights(source, layer));
            }
            return pass.loss(source);
        }
    }

    private double perplexity(BlockMethod method) {
        Path file = folder.resolve("model.gguf");
        QuantizedModel.of(source, method, texts, () -> {}).write(base, file);
        try (WeightSource written = ModelFiles.open(file)) {
            return Perplexity.of(written, heldOut, () -> {});
        }
    }

    /** The beginnings of documents, which the model was trained to read from an empty context. */
    private List<int[]> sequences(long seed, int count) {
        try (Tokenizer tokenizer = Tokenizers.of(base)) {
            return Corpus.documents(count * 8, seed).stream()
                    .map(tokenizer::encode)
                    .filter(tokens -> tokens.length >= LENGTH)
                    .map(tokens -> Arrays.copyOf(tokens, LENGTH))
                    .limit(count)
                    .toList();
        }
    }
}
