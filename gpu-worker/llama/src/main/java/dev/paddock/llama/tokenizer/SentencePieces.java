package dev.paddock.llama.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SentencePiece's writing of tokens: {@code ▁} for a space, {@code <0x0A>} for a byte. */
final class SentencePieces {
    static final String SPACE = "\u2581";
    private static final Pattern BYTE = Pattern.compile("<0x([0-9A-Fa-f]{2})>");

    private SentencePieces() {}

    static byte[] decode(String token) {
        Matcher matcher = BYTE.matcher(token);
        if (matcher.matches()) {
            return new byte[] {(byte) Integer.parseInt(matcher.group(1), 16)};
        }
        return token.replace(SPACE, " ").getBytes(StandardCharsets.UTF_8);
    }
}
