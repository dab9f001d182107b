package dev.paddock.methods.merging;

import dev.paddock.catalogue.EntryKind;
import dev.paddock.methods.training.SourceRule;
import dev.paddock.methods.training.TrainingObserver;
import java.io.IOException;

/**
 * A way to compute a whole model from a base and other versions, without training on rows.
 *
 * @param <P> its parameters
 */
@EntryKind(value = "merging method", examples = true)
public interface MergingMethod<P extends Record> {
    /** Which versions an order must name. */
    SourceRule sources();

    /** What it does with the rows of a dataset version. */
    default RowUse rows() {
        return RowUse.NONE;
    }

    /**
     * Leaves a whole model's folder in the input's output.
     *
     * @throws IllegalArgumentException when sources or parameters do not fit the base or each other
     */
    void merge(P params, MergingInput input, TrainingObserver observer) throws IOException;
}
