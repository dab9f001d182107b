package dev.paddock.llama.inference.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.management.ThreadMXBean;
import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.inference.DrawnAdapters;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.PreparedAdapter;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.vector.DenseKind;
import dev.paddock.llama.inference.vector.VectorExecutor;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What installing an adapter costs the steps, counted in bytes that the thread takes of the heap: next to nothing. */
@EnabledIf(value = "dev.paddock.kernels.Kernels#available", disabledReason = "vectors of 256 bits are missing")
class AdapterInstallTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final WeightSource BASE = ModelFiles.open(TinyModelFiles.folder());
    private static final LoraAdapter ADAPTER = new DrawnAdapters(BASE, 0.1).draw(1, AdapterForm.DORA, 4);
    private static final int MANY = 60;
    private static final long A_REFERENCE = 4096;

    static Stream<Supplier<Executor>> executors() {
        return Stream.of(
                () -> new LibtorchExecutor(BASE, Precision.FP32),
                () -> new VectorExecutor(BASE, DenseKind.FP32, 1),
                () -> new HybridExecutor(
                        new LibtorchExecutor(BASE, Precision.FP32), new VectorExecutor(BASE, DenseKind.FP32, 1), 2));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void installingCopiesNothing(Supplier<Executor> kind) {
        try (Executor executor = kind.get()) {
            long bare = executor.weightBytes();
            for (int i = 0; i < MANY; i++) {
                PreparedAdapter prepared = executor.prepare(ADAPTER);
                String name = "adapter-" + i;
                assertThat(prepared.bytes()).isGreaterThan(20 * A_REFERENCE);
                assertThat(allocated(() -> prepared.install(name))).isLessThan(A_REFERENCE);
                assertThat(executor.weightBytes()).isEqualTo(bare + (i + 1) * prepared.bytes());
            }
            executor.adapters().forEach(executor::unloadAdapter);
            assertThat(executor.weightBytes()).isEqualTo(bare);
        }
    }

    /** Metrics ask on their own thread. */
    @ParameterizedTest
    @MethodSource("executors")
    void sizesAreToldWhileAdaptersComeAndGo(Supplier<Executor> kind) {
        try (Executor executor = kind.get()) {
            AtomicBoolean ended = new AtomicBoolean();
            CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> {
                while (!ended.get()) {
                    executor.weightBytes();
                }
            });
            for (int i = 0; i < 300 && !asking.isDone(); i++) {
                executor.loadAdapter("passing", ADAPTER);
                executor.unloadAdapter("passing");
            }
            ended.set(true);
            assertThatCode(asking::join).doesNotThrowAnyException();
        }
    }

    @Test
    void theNextStepPaysForItsOwnAdaptersOnly() {
        try (Executor executor = new LibtorchExecutor(BASE, Precision.FP32)) {
            executor.loadAdapter("own", ADAPTER);
            long sequence = executor.open("own", 40);
            step(executor, sequence);
            long usual = 0;
            for (int i = 0; i < 10; i++) {
                usual = Math.max(usual, allocated(() -> step(executor, sequence)));
            }
            for (int i = 0; i < MANY; i++) {
                executor.loadAdapter("adapter-" + i, ADAPTER);
            }
            assertThat(allocated(() -> step(executor, sequence))).isLessThan(usual + A_REFERENCE);
        }
    }

    private static void step(Executor executor, long sequence) {
        executor.run(List.of(new StepInput(sequence, new int[] {5}, true, null)));
    }

    /** Bytes of heap that this thread takes meanwhile. */
    private static long allocated(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
