package dev.paddock.llama.training;

import dev.paddock.llama.adapter.LoraAdapter;
import java.util.List;
import java.util.Random;

/** Where the parameters of adapters lie in the flat buffers; in buffers that hold more, {@code placed} are these slots' places. */
interface AdapterSlots {
    /** Slots without places, in their order. */
    List<FlatSlot> slots();

    /** Writes first values into a flat buffer of zeros. */
    void initialize(float[] flat, List<FlatSlot> placed, Random random);

    /** The adapter in a flat buffer. */
    LoraAdapter adapter(float[] flat, List<FlatSlot> placed);

    /**
     * Writes an adapter's trained numbers into a flat buffer.
     *
     * @throws IllegalArgumentException naming a target that the adapter and the run do not share
     */
    void copy(LoraAdapter adapter, float[] flat, List<FlatSlot> placed);
}
