package dev.paddock.llama.merge;

/**
 * Keeps the numbers of largest magnitude: the trimming of TIES (Yadav et al. 2023, arXiv:2306.01708).
 *
 * @param density share of a tensor's numbers that is kept, above 0 to 1; at least one number
 */
public record LargestMagnitudes(double density) implements Sparsity {
    private static final int LOW_BITS = 16;

    public LargestMagnitudes {
        Sparsity.requireDensity(density);
    }

    @Override
    public void thin(String tensor, int source, float[] delta) {
        int kept = Math.max(1, (int) (density * delta.length));
        if (kept >= delta.length) {
            return;
        }
        int least = magnitude(delta, kept);
        int equal = kept;
        for (float number : delta) {
            equal -= bits(number) > least ? 1 : 0;
        }
        for (int i = 0; i < delta.length; i++) {
            boolean keep = bits(delta[i]) > least || (bits(delta[i]) == least && equal-- > 0);
            delta[i] = keep ? delta[i] : 0;
        }
    }

    /** The {@code rank}-th largest magnitude as its bits, whose order is that of the magnitudes: by high bits, then by low ones. */
    private static int magnitude(float[] numbers, int rank) {
        int[] counts = new int[1 << LOW_BITS];
        for (float number : numbers) {
            counts[bits(number) >>> LOW_BITS]++;
        }
        int high = counts.length - 1;
        int left = rank;
        while (left > counts[high]) {
            left -= counts[high--];
        }
        int[] within = new int[1 << LOW_BITS];
        for (float number : numbers) {
            if (bits(number) >>> LOW_BITS == high) {
                within[bits(number) & 0xffff]++;
            }
        }
        int low = within.length - 1;
        while (left > within[low]) {
            left -= within[low--];
        }
        return high << LOW_BITS | low;
    }

    private static int bits(float number) {
        return Float.floatToRawIntBits(number) & Integer.MAX_VALUE;
    }
}
