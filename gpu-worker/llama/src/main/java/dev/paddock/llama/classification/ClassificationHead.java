package dev.paddock.llama.classification;

import dev.paddock.llama.adapter.LinearHead;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.UnsupportedModelException;

/**
 * What a classifier has in the place of an output matrix.
 *
 * @param scheme what the outputs stand for
 * @param head the layer behind the last norm
 */
public record ClassificationHead(LabelScheme scheme, LinearHead head) {
    /** @throws IllegalArgumentException where the head does not fit the labels */
    public ClassificationHead {
        if (head.outputs() != scheme.labels().size()) {
            throw new IllegalArgumentException("%d labels of kind %s cannot have a head of %d outputs"
                    .formatted(scheme.labels().size(), scheme.kind().id(), head.outputs()));
        }
    }

    /**
     * Refuses a model of another width.
     *
     * @throws UnsupportedModelException where the head was made for another base
     */
    public void checkFits(LlamaConfig config) {
        if (head.inputs() != config.hiddenSize()) {
            throw new UnsupportedModelException(
                    "The head reads %d numbers and the model's hidden size is %d: it was made for another base"
                            .formatted(head.inputs(), config.hiddenSize()));
        }
    }
}
