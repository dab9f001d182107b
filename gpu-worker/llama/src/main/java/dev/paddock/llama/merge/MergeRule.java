package dev.paddock.llama.merge;

import java.util.List;

/** Computes one tensor of a new model from the same tensor of several others. */
public interface MergeRule {
    /**
     * The new tensor's numbers, which may be written over {@code base} or a source; all arrays are the rule's to change.
     *
     * @param tensor its name
     * @param base the base's numbers, flattened
     * @param sources the sources' numbers in the order's order, each as long as {@code base}
     */
    float[] merge(String tensor, float[] base, List<float[]> sources);
}
