package dev.paddock.llama.tokenizer;

import java.util.stream.Stream;

/** A token of a vocabulary. */
final class Token {
    private final String text;
    private final byte[] bytes;
    private final boolean special;
    private final boolean guarded;

    /**
     * Makes a token.
     *
     * @param text as the vocabulary writes it
     * @param bytes what it stands for
     * @param special whether it is a control token, left out where asked when decoding
     * @param guarded whether only a template may write it, and not the text of a message
     */
    Token(String text, byte[] bytes, boolean special, boolean guarded) {
        this.text = text;
        this.bytes = bytes.clone();
        this.special = special;
        this.guarded = guarded;
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

    boolean guarded() {
        return guarded;
    }

    /**
     * Whether a token that no merge makes is guarded: a special one, and one that a chat template writes. One that a template
     * looks for in messages, such as the end of a thought, is a part of them.
     */
    static boolean guarded(String text, boolean special, String templates) {
        return special || (!text.isBlank() && templates.contains(text) && !searched(text, templates));
    }

    private static boolean searched(String text, String templates) {
        return Stream.of("'" + text + "'", '"' + text + '"')
                .anyMatch(literal -> templates.contains(literal + " in ") || templates.contains("split(" + literal));
    }
}
