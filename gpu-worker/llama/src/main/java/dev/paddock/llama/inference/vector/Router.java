package dev.paddock.llama.inference.vector;

/** Weighs adapters beside each other by their gates (MeteoRA, Xu et al. 2024, arXiv:2405.13053). */
final class Router {
    private Router() {}

    /**
     * Multiplies what each adapter's A makes of a token with the adapter's weight: of each gate's logits, the softmax over the largest.
     *
     * @param route adapters, how many of them act, and which gate row weighs each of the {@code rank} numbers
     * @param rank numbers of the adapters
     * @param gates logits of all gates, which follow them
     * @param values holds both
     * @param at where they begin
     * @param acted to each adapter's place its weights are added
     */
    static void weigh(long[] route, int rank, int gates, float[] values, int at, float[] acted) {
        int adapters = (int) route[0];
        int logits = at + rank;
        for (int first = logits; first < logits + gates; first += adapters) {
            softmaxOfLargest(values, first, adapters, (int) route[1]);
            for (int adapter = 0; adapter < adapters; adapter++) {
                acted[adapter] += values[first + adapter];
            }
        }
        for (int i = 0; i < rank; i++) {
            values[at + i] *= values[logits + (int) route[2 + i]];
        }
    }

    /** Puts the weights in the logits' place: 0 for all but the {@code chosen} largest ones. */
    private static void softmaxOfLargest(float[] values, int first, int count, int chosen) {
        boolean[] acts = new boolean[count];
        float best = values[first + chooseLargest(values, first, acts)];
        for (int n = 1; n < chosen; n++) {
            chooseLargest(values, first, acts);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            values[first + i] = acts[i] ? (float) Math.exp(values[first + i] - best) : 0;
            sum += values[first + i];
        }
        for (int i = 0; i < count; i++) {
            values[first + i] = (float) (values[first + i] / sum);
        }
    }

    /** Marks the largest value that is not marked yet, and returns its place. */
    private static int chooseLargest(float[] values, int first, boolean[] marked) {
        int largest = -1;
        for (int i = 0; i < marked.length; i++) {
            if (!marked[i] && (largest < 0 || values[first + i] > values[first + largest])) {
                largest = i;
            }
        }
        marked[largest] = true;
        return largest;
    }
}
