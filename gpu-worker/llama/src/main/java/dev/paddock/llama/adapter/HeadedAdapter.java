package dev.paddock.llama.adapter;

/**
 * An adapter of a model that gives labels instead of next tokens.
 *
 * @param task {@link TaskType#SEQ_CLS} or {@link TaskType#TOKEN_CLS}
 * @param adapter low-rank updates of the decoder's matrices
 * @param head the layer behind the last norm
 */
public record HeadedAdapter(TaskType task, LoraAdapter adapter, LinearHead head) {
    public HeadedAdapter {
        if (task == TaskType.CAUSAL_LM) {
            throw new IllegalArgumentException("an adapter with a head has task SEQ_CLS or TOKEN_CLS, not " + task);
        }
        if (task == TaskType.SEQ_CLS && head.bias().length > 0) {
            throw new IllegalArgumentException(
                    "a head on texts has no bias, which Hugging Face's classes would pass over");
        }
    }

    /** The head as Hugging Face's classes have it: the one on tokens has a bias, the one on texts none. */
    LinearHead saved() {
        return head.savedFor(task);
    }
}
