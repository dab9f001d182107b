package dev.paddock.llama.inference.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.LinearHead;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.DocumentBatch;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.StepOutput;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.sampling.TokenLogProbability;
import dev.paddock.llama.weights.GgufWriter;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** GGUF files whose blocks are multiplied as they are, against the same numbers in fp32. */
@EnabledIf(value = "dev.paddock.kernels.Kernels#available", disabledReason = "vectors of 256 bits are missing")
final class QuantizedFileTest {
    private static final int F32 = 0;
    private static final int F16 = 1;
    private static final int Q4_0 = 2;
    private static final int Q4_1 = 3;
    private static final int Q8_0 = 8;

    /** Of logits below 10. */
    private static final float BFLOAT16_ROUNDING = 0.06f;

    private final Random random = new Random(17);

    @TempDir
    private Path folder;

    @Test
    void blocksOfEveryKindGiveTheLogitsOfTheirNumbers() throws IOException {
        assertAgrees(Q4_1, Q4_1, Q8_0);
        assertAgrees(Q8_0, Q8_0, Q4_1);
        assertAgrees(Q4_0, Q4_0, Q4_0);
    }

    @Test
    void projectionsOfOneInputMayBeOfSeveralKinds() throws IOException {
        assertAgrees(Q4_1, F16, Q8_0);
        assertAgrees(Q8_0, Q4_0, F16);
    }

    @ParameterizedTest
    @EnumSource
    void libtorchTakesTheBlocksLayerByLayer(Precision precision) throws IOException {
        boolean exact = precision == Precision.FP32;
        DenseKind dense = exact ? DenseKind.FP32 : DenseKind.BF16;
        float rounding = exact ? 1e-3f : BFLOAT16_ROUNDING;
        Path file = Files.write(folder.resolve("shared.gguf"), model(Q4_1, Q8_0, Q4_0));
        try (WeightSource source = ModelFiles.open(file);
                LibtorchExecutor expected = new LibtorchExecutor(source, precision);
                VectorExecutor owner = new VectorExecutor(source, dense, 2);
                LibtorchExecutor actual = new LibtorchExecutor(source.config(), owner.sharedWeights(), false)) {
            LoraAdapter dora = dora(source.config());
            expected.loadAdapter("dora", dora);
            actual.loadAdapter("dora", dora);
            List<StepOutput> reference = run(expected);
            List<StepOutput> answers = run(actual);
            for (int i = 0; i < reference.size(); i++) {
                assertThat(answers.get(i).logits())
                        .containsExactly(reference.get(i).logits(), within(rounding));
            }
            assertThat(scores(actual)).containsExactly(scores(expected), within((double) rounding));
            assertThat(projected(actual)).containsExactly(projected(expected), within(rounding));
        }
    }

    private static double[] scores(Executor executor) {
        int[] tokens = {1, 20, 3, 44, 5};
        StepInput.Scoring scoring = new StepInput.Scoring(1, new int[] {3, 44, 5}, 2);
        StepOutput output = executor.run(List.of(new StepInput(executor.open("dora", 5), tokens, false, scoring)))
                .get(0);
        return output.scores().stream()
                .flatMapToDouble(score -> DoubleStream.concat(
                        DoubleStream.of(score.logProbability()),
                        score.top().stream().mapToDouble(TokenLogProbability::logProbability)))
                .toArray();
    }

    private static float[] projected(Executor executor) {
        int width = executor.config().hiddenSize();
        float[] weight = new float[2 * width];
        weight[3] = 1;
        weight[width + 7] = -1;
        LinearHead head = new LinearHead(2, width, weight, new float[] {0.5f, 0});
        DocumentBatch batch =
                new DocumentBatch(List.of(new int[] {1, 2, 3}, new int[] {9, 8}), false, null, new long[] {2, 4});
        return executor.project(batch, head);
    }

    private void assertAgrees(int type, int valueType, int embeddingType) throws IOException {
        Path file = Files.write(folder.resolve("tiny.gguf"), model(type, valueType, embeddingType));
        try (WeightSource source = ModelFiles.open(file);
                Executor expected = new LibtorchExecutor(source, Precision.FP32);
                Executor actual = new VectorExecutor(source, DenseKind.FP32, 2)) {
            LoraAdapter dora = dora(source.config());
            expected.loadAdapter("dora", dora);
            actual.loadAdapter("dora", dora);
            List<StepOutput> reference = run(expected);
            List<StepOutput> answers = run(actual);
            for (int i = 0; i < reference.size(); i++) {
                assertThat(answers.get(i).logits())
                        .containsExactly(reference.get(i).logits(), within(1e-3f));
            }
            assertThat(actual.weightBytes()).isLessThan(expected.weightBytes());
        }
    }

    /** Scales of outputs come from the blocks' numbers. */
    private LoraAdapter dora(LlamaConfig config) {
        Map<Target, Update> updates = new HashMap<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Projection projection : Projection.values()) {
                int outputs = projection.outputs(config);
                updates.put(
                        new Target(layer, projection),
                        new Update(
                                AdapterForm.DORA,
                                3,
                                0.5,
                                draw(3 * projection.inputs(config)),
                                draw(outputs * 3),
                                draw(outputs)));
            }
        }
        return new LoraAdapter(updates);
    }

    private float[] draw(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 0.2f * random.nextFloat();
        }
        return values;
    }

    private static List<StepOutput> run(Executor executor) {
        long one = executor.open(null, 40);
        long two = executor.open("dora", 40);
        executor.run(List.of(
                new StepInput(one, new int[] {1, 2, 3}, false, null),
                new StepInput(
                        two, new int[] {4, 40, 41, 42, 43, 44, 45, 46, 47, 48, 5, 6, 7, 8, 9, 10, 11}, false, null)));
        List<StepOutput> alone = executor.run(List.of(new StepInput(one, new int[] {9}, true, null)));
        List<StepOutput> both = executor.run(
                List.of(new StepInput(one, new int[] {7}, true, null), new StepInput(two, new int[] {30}, true, null)));
        return List.of(alone.get(0), both.get(0), both.get(1));
    }

    /** Two layers, 4 heads of 16 over 64 columns, 50 tokens. */
    private byte[] model(int type, int valueType, int embeddingType) {
        GgufWriter writer = new GgufWriter()
                .text("general.architecture", "llama")
                .integer("llama.vocab_size", 50)
                .integer("llama.embedding_length", 64)
                .integer("llama.feed_forward_length", 96)
                .integer("llama.block_count", 2)
                .integer("llama.attention.head_count", 4)
                .integer("llama.attention.head_count_kv", 2)
                .integer("llama.context_length", 64)
                .number("llama.attention.layer_norm_rms_epsilon", 1e-5f);
        add(writer, "token_embd", embeddingType, 64, 50);
        add(writer, "output_norm", F32, 64, 1);
        for (int layer = 0; layer < 2; layer++) {
            String prefix = "blk." + layer + ".";
            add(writer, prefix + "attn_norm", F32, 64, 1);
            add(writer, prefix + "attn_q", type, 64, 64);
            add(writer, prefix + "attn_k", type, 64, 32);
            add(writer, prefix + "attn_v", valueType, 64, 32);
            add(writer, prefix + "attn_output", type, 64, 64);
            add(writer, prefix + "ffn_norm", F32, 64, 1);
            add(writer, prefix + "ffn_gate", type, 64, 96);
            add(writer, prefix + "ffn_up", valueType, 64, 96);
            add(writer, prefix + "ffn_down", type, 96, 64);
        }
        return writer.bytes();
    }

    private void add(GgufWriter writer, String name, int type, int columns, int rows) {
        long[] sizes = rows == 1 ? new long[] {columns} : new long[] {columns, rows};
        writer.tensor(name + ".weight", type, numbers(type, columns * rows), sizes);
    }

    private byte[] numbers(int type, int count) {
        return switch (type) {
            case F32 -> floats(count);
            case F16 -> halves(count);
            case Q4_0 -> blocks(count / 32, 18, false);
            case Q4_1 -> blocks(count / 32, 20, true);
            default -> blocks(count / 32, 34, false);
        };
    }

    private byte[] floats(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            bytes.putFloat(0.5f + random.nextFloat());
        }
        return bytes.array();
    }

    private byte[] halves(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            bytes.putShort(half(11));
        }
        return bytes.array();
    }

    private byte[] blocks(int count, int size, boolean minimum) {
        byte[] bytes = new byte[count * size];
        random.nextBytes(bytes);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int exponent = size == 34 ? 4 : 9;
        for (int block = 0; block < count; block++) {
            buffer.putShort(block * size, half(exponent));
            if (minimum) {
                buffer.putShort(block * size + 2, half(exponent + 2));
            }
        }
        return bytes;
    }

    /** A number of either sign and the size {@code 2^(exponent - 15)}. */
    private short half(int exponent) {
        return (short) ((random.nextInt(2) << 15) | (exponent << 10) | random.nextInt(1024));
    }
}
