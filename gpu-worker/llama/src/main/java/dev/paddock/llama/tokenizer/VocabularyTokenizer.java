package dev.paddock.llama.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A tokenizer of a vocabulary and an encoder. */
final class VocabularyTokenizer implements Tokenizer {
    /** A byte of its own in SentencePiece vocabularies. */
    private static final String BORDER = "\n";

    private final Vocabulary vocabulary;
    private final TokenizerSettings settings;
    private final TextEncoder encoder;

    VocabularyTokenizer(Vocabulary vocabulary, TokenizerSettings settings, TextEncoder encoder) {
        this.vocabulary = vocabulary;
        this.settings = settings;
        this.encoder = encoder;
    }

    @Override
    public int[] encode(String text) {
        return encoder.encode(Text.wellFormed(text), true);
    }

    @Override
    public int[] encode(String text, BitSet data) {
        return data.isEmpty() ? encode(text) : encodeGuarded(text, data);
    }

    @Override
    public int[] encodeFrom(String text, BitSet data, int from) {
        String end = text.substring(from);
        BitSet endData = data.get(from, text.length());
        if (!settings.stripsLeadingSpace() || from == 0) {
            return encode(end, endData);
        }
        int[] before = encode(text.substring(0, from), data.get(0, from));
        int[] whole = encode(text, data);
        boolean goesOn = whole.length >= before.length && Arrays.equals(before, Arrays.copyOf(whole, before.length));
        return goesOn ? Arrays.copyOfRange(whole, before.length, whole.length) : behindBorder(end, endData);
    }

    /** Ids of what follows a border that no token crosses. */
    private int[] behindBorder(String end, BitSet data) {
        BitSet shifted = new BitSet();
        data.stream().forEach(at -> shifted.set(at + BORDER.length()));
        int[] ids = encode(BORDER + end, shifted);
        return Arrays.copyOfRange(ids, encodeOrdinary(BORDER).length, ids.length);
    }

    /** Gives the special tokens that count their hidden names, and reads the rest as ordinary characters. */
    int[] encodeGuarded(String text, BitSet data) {
        StringBuilder guarded = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            String token = data.get(at) ? "" : vocabulary.guardedAt(text, at);
            if (token.isEmpty()) {
                guarded.append(text.charAt(at++));
            } else {
                guarded.append(encoder.hidden(vocabulary.id(token).orElseThrow()));
                at += token.length();
            }
        }
        return encoder.encode(Text.wellFormed(guarded.toString()), false);
    }

    @Override
    public Set<String> specialTokens() {
        return vocabulary.guarded();
    }

    @Override
    public int[] encodeOrdinary(String text) {
        return encoder.encode(Text.wellFormed(text), false);
    }

    @Override
    public String decode(int[] ids, boolean skipSpecial) {
        String text = new String(vocabulary.bytes(ids, skipSpecial), StandardCharsets.UTF_8);
        return settings.stripsLeadingSpace() && text.startsWith(" ") ? text.substring(1) : text;
    }

    @Override
    public byte[] bytes(int id) {
        return vocabulary.token(id).bytes();
    }

    @Override
    public String token(int id) {
        return vocabulary.token(id).text();
    }

    @Override
    public OptionalInt id(String token) {
        return vocabulary.id(token);
    }

    @Override
    public boolean has(int id) {
        return vocabulary.has(id);
    }

    @Override
    public boolean isSpecial(int id) {
        return vocabulary.token(id).special();
    }

    @Override
    public int vocabularySize() {
        return vocabulary.size();
    }

    @Override
    public Optional<Integer> bos() {
        return settings.bos();
    }

    @Override
    public Optional<Integer> eos() {
        return settings.eos();
    }

    @Override
    public Set<Integer> endIds() {
        return settings.endIds();
    }

    @Override
    public boolean addsBos() {
        return settings.addsBos();
    }

    @Override
    public Optional<String> chatTemplate() {
        return settings.chatTemplate();
    }

    @Override
    public Optional<String> toolTemplate() {
        return settings.toolTemplate();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
