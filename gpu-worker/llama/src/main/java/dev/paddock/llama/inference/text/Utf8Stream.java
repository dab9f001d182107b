package dev.paddock.llama.inference.text;

/**
 * Turns the bytes of one token after another into text, holding back a character's first bytes until its last has come.
 *
 * <p>A byte sequence that cannot become a character gives U+FFFD once for each maximal subpart (Unicode 16, section 3.9), as
 * Python's incremental decoder does with {@code errors="replace"}.
 */
public final class Utf8Stream {
    private static final char REPLACEMENT = '\uFFFD';

    private int codePoint;
    private int missing;
    private int lowest = 0x80;
    private int highest = 0xBF;

    /** Text completed by these bytes; possibly empty. */
    public String append(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte value : bytes) {
            accept(value & 0xFF, text);
        }
        return text.toString();
    }

    /** What is left at the end: U+FFFD where a character was begun and not ended, else nothing. */
    public String finish() {
        boolean cut = missing > 0;
        missing = 0;
        return cut ? String.valueOf(REPLACEMENT) : "";
    }

    private void accept(int value, StringBuilder text) {
        if (missing > 0 && (value < lowest || value > highest)) {
            text.append(REPLACEMENT);
            missing = 0;
        }
        if (missing > 0) {
            continueCharacter(value, text);
        } else {
            beginCharacter(value, text);
        }
    }

    private void continueCharacter(int value, StringBuilder text) {
        codePoint = (codePoint << 6) | (value & 0x3F);
        lowest = 0x80;
        highest = 0xBF;
        if (--missing == 0) {
            text.appendCodePoint(codePoint);
        }
    }

    private void beginCharacter(int value, StringBuilder text) {
        if (value < 0x80) {
            text.append((char) value);
        } else if (value >= 0xC2 && value <= 0xDF) {
            expect(1, value & 0x1F, 0x80, 0xBF);
        } else if (value >= 0xE0 && value <= 0xEF) {
            expect(2, value & 0x0F, value == 0xE0 ? 0xA0 : 0x80, value == 0xED ? 0x9F : 0xBF);
        } else if (value >= 0xF0 && value <= 0xF4) {
            expect(3, value & 0x07, value == 0xF0 ? 0x90 : 0x80, value == 0xF4 ? 0x8F : 0xBF);
        } else {
            text.append(REPLACEMENT);
        }
    }

    private void expect(int count, int firstBits, int lowestNext, int highestNext) {
        missing = count;
        codePoint = firstBits;
        lowest = lowestNext;
        highest = highestNext;
    }
}
