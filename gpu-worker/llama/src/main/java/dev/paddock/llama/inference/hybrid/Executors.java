package dev.paddock.llama.inference.hybrid;

import dev.paddock.kernels.CacheType;
import dev.paddock.kernels.Kernels;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.PackedNumbers;
import dev.paddock.llama.inference.libtorch.PackedProducts;
import dev.paddock.llama.inference.vector.VectorExecutor;
import dev.paddock.llama.inference.vector.WarmUp;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.weights.WeightSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses what runs a model on this machine. */
public final class Executors {
    private static final Logger LOG = LoggerFactory.getLogger(Executors.class);
    /** Of the heap that is left, what weights may take. */
    private static final double HEAP_SHARE = 0.6;
    /** Of its size in the numbers that are computed, what a model in few bits takes at most. */
    private static final double COMPACT_SHARE = 0.75;

    private Executors() {}

    /**
     * libtorch alone, or joined with vectors for few rows: where the Vector API is there, the weights fit the heap, and a
     * measurement finds vectors the faster ones, or little slower.
     *
     * @param source read, and not needed afterwards
     */
    public static Executor of(WeightSource source, ExecutorOptions options) {
        return Libtorch.onPassingThread(() -> choose(source, options));
    }

    private static Executor choose(WeightSource source, ExecutorOptions options) {
        Supplier<LibtorchExecutor> resident =
                () -> new LibtorchExecutor(source, options.precision(), options.compactCache());
        Optional<String> obstacle = obstacle(source, options);
        if (obstacle.isPresent()) {
            LOG.info("libtorch computes everything: {}", obstacle.get());
            return resident.get();
        }
        CompletableFuture<Void> warmUp =
                CompletableFuture.runAsync(new WarmUp(source, options.dense(), options.cacheType()));
        return join(() -> vectors(source, options), resident, isCompact(source, options), warmUp);
    }

    private static VectorExecutor vectors(WeightSource source, ExecutorOptions options) {
        VectorExecutor vectors = new VectorExecutor(source, options.dense(), options.cacheType(), options.threads());
        PackedNumbers packed = options.batchPrecision().packed();
        if (packed == null && options.batchPrecision() != BatchPrecision.EXACT) {
            LOG.warn("all rows are computed as one is: this processor has no products in {}", options.batchPrecision());
        }
        if (packed != null) {
            try {
                vectors.take(new PackedProducts(source.config(), vectors.sharedWeights(), packed));
            } catch (RuntimeException e) {
                vectors.close();
                throw e;
            }
            LOG.info(
                    "several rows are computed in {}: an answer's numbers hang on how many others share its steps",
                    packed);
        }
        return vectors;
    }

    /**
     * A model whose weights the kernels refuse is served all the same.
     *
     * @param resident makes one with its own weights
     * @param compact whether libtorch is to take the weights of the vectors
     * @param warmUp ends when the kernels are compiled, which goes on while the weights are read
     */
    static Executor join(
            Supplier<VectorExecutor> vectors,
            Supplier<LibtorchExecutor> resident,
            boolean compact,
            CompletableFuture<Void> warmUp) {
        VectorExecutor few;
        try {
            few = vectors.get();
        } catch (RuntimeException e) {
            LOG.warn("libtorch computes everything: the kernels cannot take these weights", e);
            return resident.get();
        }
        LibtorchExecutor many;
        try {
            many = compact ? sharing(few) : resident.get();
        } catch (RuntimeException e) {
            few.close();
            throw e;
        }
        try {
            await(warmUp);
            return join(few, many, compact);
        } catch (RuntimeException e) {
            many.close();
            few.close();
            throw e;
        }
    }

    private static void await(CompletableFuture<Void> warmUp) {
        try {
            warmUp.join();
        } catch (CompletionException e) {
            LOG.warn("the kernels are compiled while they serve", e);
        }
    }

    private static LibtorchExecutor sharing(VectorExecutor few) {
        return new LibtorchExecutor(few.config(), few.sharedWeights(), few.cacheType() == CacheType.INT8);
    }

    private static Executor join(VectorExecutor few, LibtorchExecutor many, boolean compact) {
        int mostRows = new Crossover(System::nanoTime).measure(few, many);
        LOG.info("the next tokens of up to {} sequences are computed on vectors, more of them in libtorch", mostRows);
        if (mostRows == 0 && !compact) {
            few.close();
            return many;
        }
        return new HybridExecutor(many, few, mostRows);
    }

    /** Bytes that the weights will take in what {@link #of} chooses. */
    public static long bytes(WeightSource source, ExecutorOptions options) {
        long resident = elements(source) * options.precision().type().bytes();
        if (obstacle(source, options).isPresent()) {
            return resident;
        }
        long inVectors = VectorExecutor.bytes(source, options.dense());
        PackedNumbers packed = options.batchPrecision().packed();
        long copy = packed != null ? elements(source) * packed.weightBytes() : 0;
        return inVectors + copy + (isCompact(source, options) ? layer(source.config(), options) : resident);
    }

    /** One layer's matrices in the numbers that are computed. */
    private static long layer(LlamaConfig config, ExecutorOptions options) {
        return Arrays.stream(Projection.values())
                .mapToLong(part -> (long) part.inputs(config)
                        * part.outputs(config)
                        * options.precision().type().bytes())
                .sum();
    }

    private static long elements(WeightSource source) {
        return source.names().stream()
                .mapToLong(name -> source.info(name).elements())
                .sum();
    }

    /** Whether most of the weights are of few bits. */
    private static boolean isCompact(WeightSource source, ExecutorOptions options) {
        long computed = elements(source) * options.precision().type().bytes();
        return options.compact() && VectorExecutor.bytes(source, options.dense()) < COMPACT_SHARE * computed;
    }

    /** Why vectors are out of the question. */
    private static Optional<String> obstacle(WeightSource source, ExecutorOptions options) {
        if (!options.vectors()) {
            return Optional.of("vectors are switched off");
        }
        if (!Kernels.available()) {
            return Optional.of("the Vector API is missing (--add-modules jdk.incubator.vector)");
        }
        Runtime runtime = Runtime.getRuntime();
        long left = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
        long needed = VectorExecutor.bytes(source, options.dense());
        return needed > HEAP_SHARE * left
                ? Optional.of("weights for vectors take %d MB, and %d MB of heap are left (-Xmx)"
                        .formatted(needed >> 20, left >> 20))
                : Optional.empty();
    }
}
