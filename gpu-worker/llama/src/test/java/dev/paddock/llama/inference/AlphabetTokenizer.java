package dev.paddock.llama.inference;

import dev.paddock.llama.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Token n is the byte n. */
final class AlphabetTokenizer implements Tokenizer {
    private final int size;

    AlphabetTokenizer() {
        this(128);
    }

    /** @param size ids from it on are no token's */
    AlphabetTokenizer(int size) {
        this.size = size;
    }

    @Override
    public int[] encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] ids = new int[bytes.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = bytes[i] & 0xFF;
        }
        return ids;
    }

    @Override
    public int[] encode(String text, BitSet data) {
        return encode(text);
    }

    @Override
    public int[] encodeFrom(String text, BitSet data, int from) {
        return encode(text.substring(from));
    }

    @Override
    public boolean has(int id) {
        return id < vocabularySize();
    }

    @Override
    public Optional<String> toolTemplate() {
        return Optional.empty();
    }

    @Override
    public Set<String> specialTokens() {
        return Set.of();
    }

    @Override
    public int[] encodeOrdinary(String text) {
        return encode(text);
    }

    @Override
    public String decode(int[] ids, boolean skipSpecial) {
        byte[] bytes = new byte[ids.length];
        for (int i = 0; i < ids.length; i++) {
            bytes[i] = (byte) ids[i];
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public byte[] bytes(int id) {
        return new byte[] {(byte) id};
    }

    @Override
    public String token(int id) {
        return decode(new int[] {id}, false);
    }

    @Override
    public OptionalInt id(String token) {
        return OptionalInt.of(token.charAt(0));
    }

    @Override
    public boolean isSpecial(int id) {
        return id == 0;
    }

    @Override
    public int vocabularySize() {
        return size;
    }

    @Override
    public Optional<Integer> bos() {
        return Optional.empty();
    }

    @Override
    public Optional<Integer> eos() {
        return Optional.of(0);
    }

    @Override
    public Set<Integer> endIds() {
        return Set.of(0);
    }

    @Override
    public boolean addsBos() {
        return false;
    }

    @Override
    public Optional<String> chatTemplate() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
