package dev.paddock.llama.adapter;

import java.util.List;

/**
 * What weighs the adapters of a routed layer for every token: the softmax over the largest of the logits {@code G x}, one for each
 * adapter, and 0 for the others (MeteoRA, Xu et al. 2024, arXiv:2405.13053).
 *
 * @param chosen adapters that act on a token
 * @param ranks of each adapter, in the order in which they stand in the update's matrices; 0 for one that leaves the layer as it is
 * @param weights G, {@code [adapters, inputs]}, rows first
 */
@SuppressWarnings("ArrayRecordComponent")
public record Gate(int chosen, List<Integer> ranks, float[] weights) {
    /** Of a layer that is not routed. */
    public static final Gate NONE = new Gate(0, List.of(), new float[0]);

    public Gate {
        ranks = List.copyOf(ranks);
        if (chosen > ranks.size() || (chosen < 1 && !ranks.isEmpty())) {
            throw new IllegalArgumentException(
                    "%d adapters are to act on a token; it must be 1 to the %d that there are"
                            .formatted(chosen, ranks.size()));
        }
    }

    /** Adapters that it weighs. */
    public int adapters() {
        return ranks.size();
    }
}
