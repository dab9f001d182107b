package dev.paddock.llama.tokenizer;

/** Text to ids. */
interface TextEncoder extends AutoCloseable {
    /**
     * Encodes well-formed text.
     *
     * @param special whether special tokens written in the text are read as such
     */
    int[] encode(String text, boolean special);

    @Override
    void close();
}
