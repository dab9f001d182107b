package dev.paddock.llama.tokenizer;

/** Text as tokenizers take it. */
final class Text {
    private Text() {}

    /** The same with U+FFFD for every surrogate that has no partner, which UTF-8 cannot write. */
    static String wellFormed(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                .forEach(whole::appendCodePoint);
        return whole.toString();
    }
}
