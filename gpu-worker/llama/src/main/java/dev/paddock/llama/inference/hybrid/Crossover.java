package dev.paddock.llama.inference.hybrid;

import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.StepInput;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * Measures up to how many rows one executor takes the work before another: where it is the faster one, or little slower, since an answer that stays
 * on one side has the same numbers whoever shares its steps.
 */
final class Crossover {
    private static final int STEPS = 2;
    /** Steps of the kernels at most, while each is faster than those before: what is compiled last is used here first. */
    private static final int MOST_STEPS = 16;

    private static final int[] ROWS = {32, 16, 8, 4, 2, 1};
    /** What a step may take of the other side's time. */
    private static final double LONGEST = 1.25;

    private final LongSupplier nanoTime;

    /** @param nanoTime a clock, in nanoseconds */
    Crossover(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The most rows, of 32, 16, … 1, for which {@code few} takes at most {@value #LONGEST} times as long as {@code many}; 0 for none. */
    int measure(Executor few, Executor many) {
        for (int rows : ROWS) {
            if (nanos(few, rows, MOST_STEPS) <= LONGEST * nanos(many, rows, STEPS)) {
                return rows;
            }
        }
        return 0;
    }

    /** The shortest time of a step that appends a token to each of some sequences. */
    private long nanos(Executor executor, int rows, int mostSteps) {
        long[] sequences = LongStream.range(0, rows)
                .map(row -> executor.open(null, mostSteps))
                .toArray();
        try {
            long shortest = Long.MAX_VALUE;
            boolean gained = true;
            for (int i = 0; i < STEPS || (gained && i < mostSteps); i++) {
                long begin = nanoTime.getAsLong();
                executor.run(step(sequences));
                long taken = nanoTime.getAsLong() - begin;
                gained = taken < 0.9 * shortest;
                shortest = Math.min(shortest, taken);
            }
            return shortest;
        } finally {
            Arrays.stream(sequences).forEach(executor::release);
        }
    }

    private static List<StepInput> step(long[] sequences) {
        return Arrays.stream(sequences)
                .mapToObj(sequence -> new StepInput(sequence, new int[] {1}, true, null))
                .toList();
    }
}
