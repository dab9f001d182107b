package dev.paddock.methods.merging;

/** What a method that trains nothing does with the rows of a dataset version. */
public enum RowUse {
    /** It reads none; an order may name some for evaluation to ask about. */
    NONE,
    /** It reads them where an order names some. */
    OPTIONAL,
    /** It needs them. */
    REQUIRED
}
