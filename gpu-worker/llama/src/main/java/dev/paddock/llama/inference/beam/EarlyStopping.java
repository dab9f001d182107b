package dev.paddock.llama.inference.beam;

/** When a search that has as many complete answers as beams looks no further. */
public enum EarlyStopping {
    /** At once; transformers' {@code early_stopping=True}. */
    FULL,
    /** Once the likeliest beam, at its length of now, is no better than the worst of them; transformers' {@code False}. */
    LIKELY,
    /** Once the likeliest beam could be no better at any length; transformers' {@code "never"}. */
    SURE
}
