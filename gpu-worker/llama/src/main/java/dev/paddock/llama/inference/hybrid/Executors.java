package dev.paddock.llama.inference.hybrid;

import dev.paddock.kernels.Kernels;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.vector.DenseKind;
import dev.paddock.llama.inference.vector.VectorExecutor;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.weights.WeightSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses what runs a model on this machine. */
public final class Executors {
    private static final Logger LOG = LoggerFactory.getLogger(Executors.class);
    /** Of the heap that is left, what weights may take. */
    private static final double HEAP_SHARE = 0.6;

    private Executors() {}

    /**
     * libtorch alone, or joined with vectors for few rows: where the Vector API is there, the weights fit the heap once more,
     * and a measurement finds vectors the faster ones.
     *
     * @param source read, and not needed afterwards
     * @param threads threads that compute few rows
     * @param vectors whether vectors may be chosen
     */
    public static Executor of(WeightSource source, Precision precision, int threads, boolean vectors) {
        return Libtorch.onPassingThread(() -> choose(source, precision, threads, vectors));
    }

    private static Executor choose(WeightSource source, Precision precision, int threads, boolean vectors) {
        LibtorchExecutor many = new LibtorchExecutor(source, precision);
        Optional<String> obstacle = obstacle(source, precision, vectors);
        if (obstacle.isPresent()) {
            LOG.info("libtorch computes everything: {}", obstacle.get());
            return many;
        }
        return join(many, () -> new VectorExecutor(source, dense(precision), threads));
    }

    /** A model whose weights the kernels refuse is served all the same. */
    static Executor join(LibtorchExecutor many, Supplier<VectorExecutor> vectors) {
        VectorExecutor few;
        try {
            few = vectors.get();
        } catch (RuntimeException e) {
            LOG.warn("libtorch computes everything: the kernels cannot take these weights", e);
            return many;
        }
        int mostRows = Crossover.measure(few, many);
        LOG.info("the next tokens of up to {} sequences are computed on vectors, more of them in libtorch", mostRows);
        if (mostRows == 0) {
            few.close();
            return many;
        }
        return new HybridExecutor(many, few, mostRows);
    }

    /** Bytes that the weights will take in what {@link #of} chooses. */
    public static long bytes(WeightSource source, Precision precision, boolean vectors) {
        long elements = source.names().stream()
                .mapToLong(name -> source.info(name).elements())
                .sum();
        long inLibtorch = elements * precision.type().bytes();
        boolean both = obstacle(source, precision, vectors).isEmpty();
        return inLibtorch + (both ? VectorExecutor.bytes(source, dense(precision)) : 0);
    }

    /** Why vectors are out of the question. */
    private static Optional<String> obstacle(WeightSource source, Precision precision, boolean vectors) {
        if (!vectors) {
            return Optional.of("vectors are switched off");
        }
        if (!Kernels.available()) {
            return Optional.of("the Vector API is missing (--add-modules jdk.incubator.vector)");
        }
        Runtime runtime = Runtime.getRuntime();
        long left = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
        long needed = VectorExecutor.bytes(source, dense(precision));
        return needed > HEAP_SHARE * left
                ? Optional.of("weights for vectors take %d MB, and %d MB of heap are left (-Xmx)"
                        .formatted(needed >> 20, left >> 20))
                : Optional.empty();
    }

    private static DenseKind dense(Precision precision) {
        return precision == Precision.FP32 ? DenseKind.FP32 : DenseKind.BF16;
    }
}
