package dev.paddock.llama.inference.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.StepOutput;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.vector.DenseKind;
import dev.paddock.llama.inference.vector.VectorExecutor;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Whatever the batches are, both executors together answer as libtorch alone. */
@EnabledIf(value = "dev.paddock.kernels.Kernels#available", disabledReason = "vectors of 256 bits are missing")
class HybridExecutorTest {
    private static final int MOST_ROWS = 2;
    private static final int CAPACITY = 200;
    private static final float ROUNDING = 2e-3f;
    private static final WeightSource BASE = ModelFiles.open(TinyModelFiles.folder());
    private static final LibtorchExecutor REFERENCE = new LibtorchExecutor(BASE, Precision.FP32);
    private static final HybridExecutor HYBRID = new HybridExecutor(
            new LibtorchExecutor(BASE, Precision.FP32), new VectorExecutor(BASE, DenseKind.FP32, 2), MOST_ROWS);

    private final Random random = new Random(7);

    @AfterAll
    static void close() {
        HYBRID.close();
        REFERENCE.close();
        BASE.close();
    }

    /** The same sequence in both. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Twin(long reference, long hybrid, int[] length) {
        static Twin open(@Nullable String adapter) {
            return new Twin(REFERENCE.open(adapter, CAPACITY), HYBRID.open(adapter, CAPACITY), new int[1]);
        }

        Twin fork(int tokens) {
            return new Twin(
                    REFERENCE.fork(reference, tokens, CAPACITY),
                    HYBRID.fork(hybrid, tokens, CAPACITY),
                    new int[] {tokens});
        }

        int tokens() {
            return length[0];
        }

        void truncate(int tokens) {
            REFERENCE.truncate(reference, tokens);
            HYBRID.truncate(hybrid, tokens);
            length[0] = tokens;
        }

        void release() {
            REFERENCE.release(reference);
            HYBRID.release(hybrid);
        }
    }

    @Test
    void cachesFollowTheWorkThroughRandomBatches() throws URISyntaxException {
        Path adapter = Path.of(Objects.requireNonNull(
                        HybridExecutorTest.class.getResource("/dev/paddock/llama/training/peft/adapter_config.json"))
                .toURI());
        for (Executor executor : List.of(REFERENCE, HYBRID)) {
            executor.loadAdapter("adapter", PeftAdapter.read(Objects.requireNonNull(adapter.getParent())));
        }
        List<Twin> twins = new ArrayList<>();
        for (String name : new String[] {"", "adapter", "", "adapter"}) {
            Twin twin = Twin.open(name.isEmpty() ? null : name);
            step(List.of(twin), 3 + random.nextInt(9));
            twins.add(twin);
        }
        for (int round = 0; round < 60; round++) {
            List<Twin> batch =
                    twins.stream().filter(twin -> random.nextBoolean()).toList();
            if (!batch.isEmpty()) {
                step(batch, round % 10 == 9 ? 2 : 1);
            }
            if (round % 3 == 2 && !batch.isEmpty()) {
                guess(batch.get(0), 2);
            }
            if (round % 20 == 19) {
                twins.add(twins.get(round / 20).fork(3));
            }
        }
        twins.forEach(Twin::release);
        HYBRID.unloadAdapter("adapter");
        assertThat(HYBRID.adapters()).isEmpty();
    }

    /** Runs tokens that are guessed, all but the first of them wrongly. */
    private void guess(Twin twin, int tokens) {
        int before = twin.tokens();
        step(List.of(twin), tokens, tokens);
        twin.truncate(before + 1);
    }

    private void step(List<Twin> batch, int tokens) {
        step(batch, tokens, 1);
    }

    private void step(List<Twin> batch, int tokens, int answers) {
        List<StepInput> expected = new ArrayList<>();
        List<StepInput> actual = new ArrayList<>();
        for (Twin twin : batch) {
            int[] ids = random.ints(tokens, 1, BASE.config().vocabularySize()).toArray();
            expected.add(new StepInput(twin.reference(), ids, answers, null));
            actual.add(new StepInput(twin.hybrid(), ids, answers, null));
            twin.length[0] += tokens;
        }
        List<StepOutput> wanted = REFERENCE.run(expected);
        List<StepOutput> found = HYBRID.run(actual);
        for (int i = 0; i < wanted.size(); i++) {
            assertThat(found.get(i).answers()).hasSize(answers);
            for (int answer = 0; answer < answers; answer++) {
                assertThat(found.get(i).answers().get(answer))
                        .containsExactly(wanted.get(i).answers().get(answer), within(ROUNDING));
            }
        }
    }

    @Test
    void theFasterOneTakesTheRowsAndSoDoesOneThatIsLittleSlower() {
        AtomicLong time = new AtomicLong();
        Crossover crossover = new Crossover(time::get);
        Executor many = timed(time, rows -> 100);
        assertThat(crossover.measure(timed(time, rows -> 3L * rows), many)).isEqualTo(32);
        assertThat(crossover.measure(timed(time, rows -> 30L * rows), many)).isEqualTo(4);
        assertThat(crossover.measure(timed(time, rows -> 125), many)).isEqualTo(32);
        assertThat(crossover.measure(timed(time, rows -> 126), many)).isZero();
    }

    @Test
    void weightsThatTheKernelsRefuseAreServedByLibtorchAlone() {
        Executor chosen = Executors.join(
                () -> {
                    throw new IllegalArgumentException("a scale of 8192");
                },
                () -> REFERENCE,
                true,
                CompletableFuture.completedFuture(null));
        assertThat(chosen).isSameAs(REFERENCE);
    }

    /** An executor whose steps take a time of their own. */
    private static Executor timed(AtomicLong time, LongUnaryOperator nanosOfRows) {
        return (Executor) Proxy.newProxyInstance(
                Executor.class.getClassLoader(), new Class<?>[] {Executor.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("run")) {
                        time.addAndGet(nanosOfRows.applyAsLong(((List<?>) arguments[0]).size()));
                    }
                    return method.invoke(REFERENCE, arguments);
                });
    }
}
