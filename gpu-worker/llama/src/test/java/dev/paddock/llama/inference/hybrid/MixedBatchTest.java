package dev.paddock.llama.inference.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.export.GgufFile;
import dev.paddock.llama.export.GgufType;
import dev.paddock.llama.inference.DrawnAdapters;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.vector.DenseKind;
import dev.paddock.llama.inference.vector.VectorExecutor;
import dev.paddock.llama.tiny.Corpus;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Answers of the bare base and of adapters of several forms and ranks, made together in random batches, equal those that each gets
 * alone: all in fp32; in fewer bits wherever no two tokens are near a tie, as they often are in this tiny model.
 */
@EnabledIf(value = "dev.paddock.kernels.Kernels#available", disabledReason = "vectors of 256 bits are missing")
class MixedBatchTest {
    private static final int PROMPTS = 40;
    private static final int NEW_TOKENS = 64;
    private static final int MOST_ROWS = 3;
    private static final int LONGEST_PIECE = 7;
    /** Of prompts, where one executor computes everything. */
    private static final double EQUAL = 0.8;
    /** Of prompts, where tokens are computed by the one executor or the other, which round differently. */
    private static final double EQUAL_OVER_THE_HAND_OVER = 0.65;
    /** Of two logits below 16, of which neighbours in bfloat16 are 1/16 apart. */
    private static final double NEAR_TIE = 0.25;

    private static final int THREADS = Libtorch.threads();
    private static final WeightSource BASE = ModelFiles.open(TinyModelFiles.folder());
    private static final Map<String, LoraAdapter> ADAPTERS = adapters(new DrawnAdapters(BASE, 0.1));
    private static final @Nullable String[] NAMES = {"wide", null, "dora", "narrow", "thin dora", "one matrix"};

    private final Random random = new Random(11);

    @TempDir
    private Path folder;

    private static Map<String, LoraAdapter> adapters(DrawnAdapters drawn) {
        return Map.of(
                "wide", drawn.draw(1, AdapterForm.LORA, 8),
                "narrow", drawn.draw(2, AdapterForm.LORA, 2, Projection.Q_PROJ, Projection.V_PROJ),
                "one matrix", drawn.draw(3, AdapterForm.LORA, 5, Projection.DOWN_PROJ),
                "dora", drawn.draw(4, AdapterForm.DORA, 4),
                "thin dora", drawn.draw(5, AdapterForm.DORA, 1, Projection.O_PROJ, Projection.GATE_PROJ));
    }

    /** Products this small are not worth a second thread. */
    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    @AfterAll
    static void close() {
        Libtorch.setThreads(THREADS);
        BASE.close();
    }

    @Test
    void inLibtorchAllAreEqualInFp32() {
        assertEqual(new LibtorchExecutor(BASE, Precision.FP32));
    }

    @Test
    void onVectorsAllAreEqualInFp32() {
        assertEqual(new VectorExecutor(BASE, DenseKind.FP32, 2));
    }

    @Test
    void overTheHandOverAllAreEqualInFp32() {
        assertEqual(new HybridExecutor(
                new LibtorchExecutor(BASE, Precision.FP32), new VectorExecutor(BASE, DenseKind.FP32, 2), MOST_ROWS));
    }

    @Test
    void inBfloat16TheyPartAtNearTiesOnly() {
        assertNearTies(EQUAL, new LibtorchExecutor(BASE, Precision.BF16));
        assertNearTies(
                EQUAL_OVER_THE_HAND_OVER,
                new HybridExecutor(
                        new LibtorchExecutor(BASE, Precision.BF16),
                        new VectorExecutor(BASE, DenseKind.BF16, 2),
                        MOST_ROWS));
    }

    @Test
    void inEightBitsTheyPartAtNearTiesOnly() throws IOException {
        assertNearTies(EQUAL_OVER_THE_HAND_OVER, quantized(GgufType.Q8_0));
    }

    @Test
    void inFourBitsTheyPartAtNearTiesOnly() throws IOException {
        assertNearTies(EQUAL_OVER_THE_HAND_OVER, quantized(GgufType.Q4_1));
    }

    /** As it is served: one copy of the blocks, which libtorch takes layer by layer. */
    private Executor quantized(GgufType type) throws IOException {
        Path file = folder.resolve(type + ".gguf");
        try (OutputStream target = Files.newOutputStream(file)) {
            GgufFile.of(TinyModelFiles.folder(), null, type).writeTo(target);
        }
        try (WeightSource source = ModelFiles.open(file)) {
            VectorExecutor few = new VectorExecutor(source, DenseKind.BF16, 2);
            return new HybridExecutor(new LibtorchExecutor(source.config(), few.sharedWeights()), few, MOST_ROWS);
        }
    }

    private void assertEqual(Executor executor) {
        assertThat(distances(executor)).isEmpty();
    }

    private void assertNearTies(double share, Executor executor) {
        List<Double> distances = distances(executor);
        assertThat(distances).hasSizeLessThanOrEqualTo((int) Math.round(PROMPTS * (1 - share)));
        assertThat(distances).allSatisfy(distance -> assertThat(distance).isLessThan(NEAR_TIE));
    }

    /** Of each prompt whose answer alone is another one than among others: how far apart the two tokens' logits were. */
    private List<Double> distances(Executor executor) {
        try (executor) {
            ADAPTERS.forEach(executor::loadAdapter);
            List<int[]> prompts = prompts();
            List<GreedyAnswer> together = together(executor, prompts);
            List<Double> distances = new ArrayList<>();
            for (int i = 0; i < PROMPTS; i++) {
                OptionalDouble distance = GreedyAnswer.alone(executor, name(i), prompts.get(i), NEW_TOKENS)
                        .distance(together.get(i));
                distance.ifPresent(distances::add);
            }
            return distances;
        }
    }

    /** Requests come one after the other; a step takes some of those there are. */
    private List<GreedyAnswer> together(Executor executor, List<int[]> prompts) {
        List<GreedyAnswer> answers = new ArrayList<>();
        List<GreedyAnswer> running = new ArrayList<>();
        while (answers.size() < PROMPTS || !running.isEmpty()) {
            if (answers.size() < PROMPTS && (running.isEmpty() || random.nextInt(3) == 0)) {
                int next = answers.size();
                answers.add(new GreedyAnswer(executor, name(next), prompts.get(next), NEW_TOKENS, running));
                running.add(answers.get(next));
            }
            List<GreedyAnswer> batch =
                    running.stream().filter(answer -> random.nextInt(3) > 0).toList();
            if (!batch.isEmpty()) {
                GreedyAnswer.step(executor, batch, () -> 1 + random.nextInt(LONGEST_PIECE));
            }
            running.stream().filter(GreedyAnswer::done).forEach(GreedyAnswer::release);
            running.removeIf(GreedyAnswer::done);
        }
        return answers;
    }

    private static @Nullable String name(int request) {
        return NAMES[request % NAMES.length];
    }

    /** Beginnings of documents as the tiny model has read them. */
    private List<int[]> prompts() {
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            return Corpus.documents(PROMPTS, 5).stream()
                    .map(tokenizer::encode)
                    .map(ids -> Arrays.copyOf(ids, Math.min(ids.length, 6 + random.nextInt(12))))
                    .toList();
        }
    }
}
