package dev.paddock.llama.training.estimate;

/** The kinds of work whose speed a calibration measures, each in a unit of its own. */
public enum Work {
    /** Multiplications of the model's own matrices. */
    PRODUCTS,
    /** Multiplications of adapters' thin matrices. */
    THIN_PRODUCTS,
    /** Scores of attention, each counted as often as it is gone over. */
    ATTENTION,
    /** Numbers read or written by norms, rotations, gates and sums. */
    ELEMENTS,
    /** Logits with their softmax and gradient. */
    LOGITS,
    /** Passes of one block, with what it costs to call it. */
    BLOCKS,
    /** Parameters that an optimizer step updates. */
    UPDATES
}
