package dev.paddock.llama.training.estimate;

/** The kinds of work whose speed a calibration measures, each in a unit of its own. */
public enum Work {
    /** Multiplications of the model's own matrices. */
    PRODUCTS,
    /** Multiplications of adapters' thin matrices. */
    THIN_PRODUCTS,
    /**
     * Numbers of matrices that products read: each once for a pass, or for a chunk of logits, however few tokens it has. They
     * come from memory, since a model does not stay in the caches, and libtorch packs them anew for every product.
     */
    WEIGHTS,
    /** Numbers of matrices unpacked out of 4 bits. */
    DEQUANTIZED,
    /** Scores of attention, each counted as often as it is gone over. */
    ATTENTION,
    /** Numbers read or written by norms, rotations, gates and sums. */
    ELEMENTS,
    /** Logits with their softmax and gradient. */
    LOGITS,
    /** Passes of one block, with what it costs to call it. */
    BLOCKS,
    /** Parameters that AdamW updates. */
    UPDATES,
    /** Parameters that AdamW with moments in 8 bits updates. */
    UPDATES_8BIT,
    /** Parameters that AdamW with moments in a mapped file updates. */
    UPDATES_PAGED,
    /** Parameters that Adafactor updates. */
    UPDATES_FACTORED
}
