package dev.paddock.llama.training;

import java.util.ArrayList;
import java.util.List;

/**
 * Place of a trained tensor in the flat buffers. Slots with weight decay come before those without.
 *
 * @param name name of the tensor in the files that are written
 * @param rows rows, or elements of a vector
 * @param columns elements of a row; 0 for a vector
 * @param decay whether weight decay applies
 * @param rate what the learning rate is multiplied with
 * @param offset first element
 */
record FlatSlot(String name, int rows, int columns, boolean decay, double rate, long offset) {
    /** A slot without a place yet. */
    static FlatSlot of(String name, int rows, int columns, boolean decay) {
        return new FlatSlot(name, rows, columns, decay, 1, 0);
    }

    FlatSlot withRate(double factor) {
        return new FlatSlot(name, rows, columns, decay, factor, offset);
    }

    long elements() {
        return (long) rows * Math.max(1, columns);
    }

    /** Shape in files. */
    List<Long> shape() {
        return columns == 0 ? List.of((long) rows) : List.of((long) rows, (long) columns);
    }

    /** Gives every slot its place, the decayed ones first; the order of the list stays. */
    static List<FlatSlot> place(List<FlatSlot> slots) {
        long decayed = 0;
        long other = slots.stream()
                .filter(FlatSlot::decay)
                .mapToLong(FlatSlot::elements)
                .sum();
        List<FlatSlot> placed = new ArrayList<>();
        for (FlatSlot slot : slots) {
            long offset = slot.decay ? decayed : other;
            placed.add(new FlatSlot(slot.name, slot.rows, slot.columns, slot.decay, slot.rate, offset));
            decayed += slot.decay ? slot.elements() : 0;
            other += slot.decay ? 0 : slot.elements();
        }
        return placed;
    }

    static long size(List<FlatSlot> slots) {
        return slots.stream().mapToLong(FlatSlot::elements).sum();
    }
}
