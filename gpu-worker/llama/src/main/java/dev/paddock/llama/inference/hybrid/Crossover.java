package dev.paddock.llama.inference.hybrid;

import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.StepInput;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Measures up to how many rows one executor takes the work before another: where it is the faster one, or little slower, since an answer that stays
 * on one side has the same numbers whoever shares its steps.
 */
final class Crossover {
    private static final int PROMPT = 1;
    private static final int STEPS = 2;
    private static final int[] ROWS = {32, 16, 8, 4, 2, 1};
    /** Compiling the kernels to the end takes some hundred steps of one row. */
    private static final long LONGEST_WARM_UP_NANOS = 3_000_000_000L;

    private static final int ROUNDS_WITHOUT_GAIN = 4;
    /** What a step may take of the other side's time. */
    private static final double LONGEST = 1.25;

    private final LongSupplier nanoTime;

    /** @param nanoTime a clock, in nanoseconds */
    Crossover(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The most rows, of 32, 16, … 1, for which {@code few} takes at most {@value #LONGEST} times as long as {@code many}; 0 for none. */
    int measure(Executor few, Executor many) {
        warmUp(few);
        for (int rows : ROWS) {
            if (nanos(few, rows) <= LONGEST * nanos(many, rows)) {
                return rows;
            }
        }
        return 0;
    }

    /** Runs until it gets no faster. */
    private void warmUp(Executor few) {
        long begin = nanoTime.getAsLong();
        long best = Long.MAX_VALUE;
        int withoutGain = 0;
        while (withoutGain < ROUNDS_WITHOUT_GAIN && nanoTime.getAsLong() - begin < LONGEST_WARM_UP_NANOS) {
            long now = nanos(few, 1) + nanos(few, 4);
            withoutGain = now < 0.9 * best ? 0 : withoutGain + 1;
            best = Math.min(best, now);
        }
    }

    /** The shortest time of a step that appends a token to each of some sequences. */
    private long nanos(Executor executor, int rows) {
        long[] sequences = LongStream.range(0, rows)
                .map(row -> executor.open(null, PROMPT + STEPS))
                .toArray();
        try {
            executor.run(step(sequences, PROMPT));
            long shortest = Long.MAX_VALUE;
            for (int i = 0; i < STEPS; i++) {
                long begin = nanoTime.getAsLong();
                executor.run(step(sequences, 1));
                shortest = Math.min(shortest, nanoTime.getAsLong() - begin);
            }
            return shortest;
        } finally {
            Arrays.stream(sequences).forEach(executor::release);
        }
    }

    private static List<StepInput> step(long[] sequences, int tokens) {
        return Arrays.stream(sequences)
                .mapToObj(sequence ->
                        new StepInput(sequence, IntStream.range(1, tokens + 1).toArray(), true, null))
                .toList();
    }
}
