package dev.paddock.llama.tokenizer;

/** A token of a vocabulary. */
final class Token {
    private final String text;
    private final byte[] bytes;
    private final boolean special;

    /**
     * Makes a token.
     *
     * @param text as the vocabulary writes it
     * @param bytes what it stands for
     * @param special whether it is a control token, left out where asked when decoding
     */
    Token(String text, byte[] bytes, boolean special) {
        this.text = text;
        this.bytes = bytes.clone();
        this.special = special;
    }

    String text() {
        return text;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    boolean special() {
        return special;
    }
}
