package dev.paddock.llama.adapter;

/** What low-rank matrices are when training begins. */
public enum Initialization {
    /** A random, B zero. */
    DEFAULT,
    /**
     * The principal singular values and vectors of the frozen matrix, which keeps the residual while training (PiSSA, Meng et
     * al. 2024, arXiv:2404.02948).
     */
    PISSA
}
