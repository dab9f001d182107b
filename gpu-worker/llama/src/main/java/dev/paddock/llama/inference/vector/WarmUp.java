package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.CacheType;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.inference.SharedWeights;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.weights.WeightSource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Has the JIT compile the kernels that a model needs. An interpreted product of vectors takes a thousand times as long as a compiled one,
 * so that the model's own first steps take seconds; a {@link SmallModel}'s take what the compiler does.
 */
public final class WarmUp implements Runnable {
    /** From a row whose weights are read as they are stored to as many as a panel takes at once. */
    private static final int[] ROWS = {1, 4, 8};

    private static final int STEPS = 2;
    /** Compiling one kernel takes up to this long; a warm-up that got no faster in the meantime has nothing to wait for. */
    private static final long WITHOUT_GAIN_NANOS = 150_000_000L;

    /** A round's share of the shortest one's time that is faster: the compiler brings far more. */
    private static final double GAIN = 0.5;

    private static final long LONGEST_NANOS = 3_000_000_000L;

    private final SmallModel small;
    private final DenseKind dense;
    private final CacheType cacheType;

    /**
     * Looks at the kinds of a model's numbers, which is not needed afterwards.
     *
     * @param dense how weights are held that are in no blocks the kernels multiply
     * @param cacheType how keys and values are held
     */
    public WarmUp(WeightSource model, DenseKind dense, CacheType cacheType) {
        small = SmallModel.like(model);
        this.dense = dense;
        this.cacheType = cacheType;
    }

    /** Works until it gets no faster, 3 s at most. */
    @Override
    public void run() {
        try (VectorExecutor executor = new VectorExecutor(small, dense, cacheType, 1)) {
            SharedWeights weights = executor.sharedWeights();
            ByteBuffer unpacked = ByteBuffer.allocateDirect(Math.toIntExact(bytes(weights)));
            long begin = System.nanoTime();
            long gained = begin;
            long shortest = Long.MAX_VALUE;
            for (long now = begin;
                    now - gained < WITHOUT_GAIN_NANOS && now - begin < LONGEST_NANOS;
                    now = System.nanoTime()) {
                round(executor);
                unpack(weights, unpacked);
                long taken = System.nanoTime() - now;
                if (taken < GAIN * shortest) {
                    shortest = taken;
                    gained = System.nanoTime();
                }
            }
        }
    }

    private static void round(VectorExecutor executor) {
        for (int rows : ROWS) {
            List<Long> sequences = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                sequences.add(executor.open(null, STEPS));
            }
            for (int step = 0; step < STEPS; step++) {
                executor.run(sequences.stream()
                        .map(sequence -> new StepInput(sequence, new int[] {1}, true, null))
                        .toList());
            }
            sequences.forEach(executor::release);
        }
    }

    /** What the largest product takes. */
    private long bytes(SharedWeights weights) {
        return Arrays.stream(Group.values())
                .mapToLong(product -> (long) weights.stride(product)
                        * product.projections().get(0).inputs(small.config())
                        * weights.type().bytes())
                .max()
                .orElse(0);
    }

    private static void unpack(SharedWeights weights, ByteBuffer into) {
        for (Group product : Group.values()) {
            weights.unpack(0, product, into.clear());
        }
    }
}
