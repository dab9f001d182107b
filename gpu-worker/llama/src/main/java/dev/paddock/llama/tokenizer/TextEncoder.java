package dev.paddock.llama.tokenizer;

/** Text to ids. */
interface TextEncoder extends AutoCloseable {
    /**
     * Encodes well-formed text.
     *
     * @param special whether special tokens written in the text are read as such; if not, only their {@link #hidden} names are
     */
    int[] encode(String text, boolean special);

    /** A name of a special token that no text can guess. */
    String hidden(int id);

    @Override
    void close();
}
