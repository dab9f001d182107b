package dev.paddock.llama.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** GPT-2's writing of bytes as visible characters: printable Latin-1 as it is, the other 68 bytes from U+0100 on. */
final class ByteLevel {
    private static final Map<Integer, Integer> BYTES = bytesByCharacter();
    private static final int[] CHARACTERS = charactersByByte();

    private ByteLevel() {}

    /** Bytes of a token; characters outside the writing stand for their UTF-8. */
    static byte[] decode(String token) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        token.codePoints().forEach(character -> {
            Integer value = BYTES.get(character);
            if (value != null) {
                bytes.write(value);
            } else {
                bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }

    /** The writing of bytes, one character for each. */
    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte value : bytes) {
            text.appendCodePoint(CHARACTERS[value & 0xFF]);
        }
        return text.toString();
    }

    private static int[] charactersByByte() {
        int[] characters = new int[256];
        BYTES.forEach((character, value) -> characters[value] = character);
        return characters;
    }

    private static Map<Integer, Integer> bytesByCharacter() {
        Map<Integer, Integer> bytes = new HashMap<>();
        int next = 0x100;
        for (int value = 0; value < 256; value++) {
            boolean printable = (value > 0x20 && value < 0x7F) || (value > 0xA0 && value != 0xAD);
            bytes.put(printable ? value : next++, value);
        }
        return bytes;
    }
}
