package dev.paddock.llama.merge;

import dev.paddock.llama.adapter.MergedWeights;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A model whose weights are read.
 *
 * @param name what messages call it
 * @param model its files
 * @param adapter a folder in PEFT's layout that is merged into it; null for the model as it is
 */
public record MergeSource(String name, Path model, @Nullable Path adapter) {
    /** The weights as they are read. */
    public WeightSource open() {
        return MergedWeights.open(model, adapter);
    }
}
