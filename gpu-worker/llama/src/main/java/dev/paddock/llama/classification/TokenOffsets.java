package dev.paddock.llama.classification;

import dev.paddock.llama.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where a text's tokens stand in it, in bytes of its UTF-8 form. What a tokenizer adds to a text takes no place. */
final class TokenOffsets {
    private final Tokenizer tokenizer;
    private final byte[] text;

    TokenOffsets(Tokenizer tokenizer, String text) {
        this.tokenizer = tokenizer;
        this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Ends of the tokens; each begins where the one before ends.
     *
     * @throws IllegalArgumentException where the tokens spell another text, as those of a tokenizer that normalizes do
     */
    int[] ends(int[] ids) {
        int[] ends = new int[ids.length];
        int at = 0;
        for (int i = 0; i < ids.length; i++) {
            at = end(ids[i], i == 0, at);
            ends[i] = at;
        }
        return ends;
    }

    private int end(int id, boolean first, int at) {
        byte[] bytes = tokenizer.bytes(id);
        if (stands(bytes, 0, at)) {
            return at + bytes.length;
        }
        if (bytes.length > 0 && bytes[0] == ' ' && stands(bytes, 1, at)) {
            return at + bytes.length - 1;
        }
        if (first && tokenizer.isSpecial(id)) {
            return at;
        }
        throw new IllegalArgumentException("token \"" + tokenizer.token(id) + "\" does not stand at byte " + at
                + " of the text: the tokenizer changes texts, and spans cannot be found in them");
    }

    private boolean stands(byte[] bytes, int from, int at) {
        int length = bytes.length - from;
        return at + length <= text.length && Arrays.equals(bytes, from, bytes.length, text, at, at + length);
    }
}
