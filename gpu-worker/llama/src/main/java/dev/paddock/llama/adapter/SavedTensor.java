package dev.paddock.llama.adapter;

import java.util.List;

/**
 * A tensor of the model that was trained whole and takes the base's place.
 *
 * @param shape {@code [D]} of a norm, {@code [V, D]} of an embedding or output matrix
 * @param values rows first
 */
@SuppressWarnings("ArrayRecordComponent")
public record SavedTensor(List<Long> shape, float[] values) {
    public SavedTensor {
        shape = List.copyOf(shape);
    }
}
