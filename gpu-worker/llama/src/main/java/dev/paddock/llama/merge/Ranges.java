package dev.paddock.llama.merge;

import java.util.stream.IntStream;

/** Splits the numbers of a tensor among the processors; the parts and their order do not depend on how many there are. */
final class Ranges {
    private static final int SIZE = 1 << 16;

    private Ranges() {}

    /** Works on the numbers from {@code from} to before {@code to}. */
    interface Work {
        void on(int from, int to);
    }

    /** Sums something over the numbers from {@code from} to before {@code to}. */
    interface Part {
        double of(int from, int to);
    }

    static void each(int length, Work work) {
        IntStream.range(0, count(length))
                .parallel()
                .forEach(part -> work.on(part * SIZE, Math.min(length, (part + 1) * SIZE)));
    }

    static double sum(int length, Part sum) {
        double[] parts = new double[count(length)];
        each(length, (from, to) -> parts[from / SIZE] = sum.of(from, to));
        return IntStream.range(0, parts.length).mapToDouble(part -> parts[part]).reduce(0, Double::sum);
    }

    private static int count(int length) {
        return (length + SIZE - 1) / SIZE;
    }
}
