package dev.paddock.llama.constraint.regex;

import dev.paddock.llama.constraint.ConstraintException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A regular expression's characters, read one after another. */
final class RegexText {
    private static final int MOST_COUNT = 10_000;

    private final String source;
    private final int[] characters;
    private int at;

    RegexText(String source) {
        this.source = source;
        this.characters = source.codePoints().toArray();
    }

    /** How often something comes; {@link Integer#MAX_VALUE} for any number. */
    record Count(int least, int most) {}

    boolean ended() {
        return at == characters.length;
    }

    /** The next character; -1 at the end. */
    int peek() {
        return ended() ? -1 : characters[at];
    }

    int next() {
        if (ended()) {
            throw wrong("it ends too early");
        }
        return characters[at++];
    }

    boolean take(int character) {
        boolean there = peek() == character;
        at += there ? 1 : 0;
        return there;
    }

    /** Whether a name of a group follows, and no look-behind. */
    boolean named() {
        return peek() != '=' && peek() != '!';
    }

    void skipName() {
        while (next() != '>') {
            // a name says nothing about the language
        }
    }

    /** A quantifier, where one follows; a brace that begins none is a character. */
    @Nullable Count quantifier() {
        Count count =
                switch (peek()) {
                    case '*' -> simple(0, Integer.MAX_VALUE);
                    case '+' -> simple(1, Integer.MAX_VALUE);
                    case '?' -> simple(0, 1);
                    case '{' -> braces();
                    default -> null;
                };
        if (count != null) {
            take('?');
        }
        return count;
    }

    private Count simple(int least, int most) {
        at++;
        return new Count(least, most);
    }

    private @Nullable Count braces() {
        int begin = at++;
        int least = number();
        int most = take(',') ? (peek() == '}' ? Integer.MAX_VALUE : number()) : least;
        if (least < 0 || most < 0 || !take('}')) {
            at = begin;
            return null;
        }
        if (least > most || least > MOST_COUNT || (most > MOST_COUNT && most < Integer.MAX_VALUE)) {
            throw wrong("counts are 0 to " + MOST_COUNT + ", the lower one first");
        }
        return new Count(least, most);
    }

    /** Decimal digits; -1 where there are none. */
    private int number() {
        int value = -1;
        while (peek() >= '0' && peek() <= '9') {
            value = Math.min(MOST_COUNT + 1, Math.max(0, value) * 10 + next() - '0');
        }
        return value;
    }

    /** The characters that an escape, of which the backslash was read, stands for. */
    BitSet escape() {
        int kind = next();
        return switch (kind) {
            case 'd' -> CodePoints.digits();
            case 'D' -> CodePoints.but(CodePoints.digits());
            case 'w' -> CodePoints.wordCharacters();
            case 'W' -> CodePoints.but(CodePoints.wordCharacters());
            case 's' -> CodePoints.spaces();
            case 'S' -> CodePoints.but(CodePoints.spaces());
            default -> one(character(kind));
        };
    }

    private int character(int kind) {
        return switch (kind) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'f' -> '\f';
            case 'v' -> 0x0B;
            case '0' -> 0;
            case 'x' -> hexadecimal(2);
            case 'u' -> take('{') ? braced() : hexadecimal(4);
            default -> plain(kind);
        };
    }

    private int plain(int character) {
        if (Character.isLetterOrDigit(character)) {
            throw wrong("the escape \\" + Character.toString(character) + " is not supported");
        }
        return character;
    }

    private int braced() {
        int value = 0;
        while (peek() != '}') {
            value = Math.min(Character.MAX_CODE_POINT, 16 * value + digit(next()));
        }
        at++;
        return value;
    }

    private int hexadecimal(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            value = 16 * value + digit(next());
        }
        return value;
    }

    private int digit(int character) {
        int value = Character.digit(character, 16);
        if (value < 0) {
            throw wrong("a hexadecimal digit is missing");
        }
        return value;
    }

    private static BitSet one(int character) {
        return CodePoints.range(character, character);
    }

    ConstraintException wrong(String reason) {
        return new ConstraintException("expression '%s' at character %d".formatted(source, at), reason);
    }
}
