package dev.paddock.llama.constraint;

import dev.paddock.llama.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/** The end, every byte, and random pieces of JSON and of many-byte characters, across the bounds of both. */
final class PiecesTokenizer implements Tokenizer {
    private static final String[] PARTS = {
        "{", "}", "[", "]", ":", ",", "\"", " ", "\n", "a", "b", "é", "漢", "😀", "1", "0", "-", ".", "\\", "true",
        "null", "x", "d"
    };
    private final List<byte[]> pieces = new ArrayList<>();

    PiecesTokenizer(int more, long seed) {
        pieces.add("<end>".getBytes(StandardCharsets.UTF_8));
        for (int value = 0; value < 256; value++) {
            pieces.add(new byte[] {(byte) value});
        }
        Random random = new Random(seed);
        for (int i = 0; i < more; i++) {
            StringBuilder text = new StringBuilder();
            for (int part = 0; part < 2 + random.nextInt(3); part++) {
                text.append(PARTS[random.nextInt(PARTS.length)]);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            int first = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : 0;
            pieces.add(Arrays.copyOfRange(bytes, first, bytes.length));
        }
    }

    @Override
    public int[] encode(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int[] encode(String text, BitSet data) {
        return encode(text);
    }

    @Override
    public int[] encodeOrdinary(String text) {
        return encode(text);
    }

    @Override
    public int[] encodeFrom(String text, BitSet data, int from) {
        return encode(text);
    }

    @Override
    public String decode(int[] ids, boolean skipSpecial) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] bytes(int id) {
        return pieces.get(id);
    }

    @Override
    public String token(int id) {
        return new String(pieces.get(id), StandardCharsets.UTF_8);
    }

    @Override
    public OptionalInt id(String token) {
        return OptionalInt.empty();
    }

    @Override
    public boolean has(int id) {
        return id < pieces.size();
    }

    @Override
    public boolean isSpecial(int id) {
        return id == 0;
    }

    @Override
    public Set<String> specialTokens() {
        return Set.of("<end>");
    }

    @Override
    public int vocabularySize() {
        return pieces.size();
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
    public Optional<String> toolTemplate() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
