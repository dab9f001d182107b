package dev.paddock.llama.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Learns byte-level byte-pair merges (Sennrich et al. 2016, arXiv:1508.07909) for small vocabularies: digits one by one, words
 * with the space before them. Equal counts are ordered by the pair's text, so that the same text gives the same merges.
 */
public final class BytePairTrainer {
    private static final Pattern WORD =
            Pattern.compile("'(?:[sdmt]|ll|ve|re)| ?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

    private record Word(List<String> pieces, long count) {}

    private BytePairTrainer() {}

    /** Pairs in the order in which they are merged, at most {@code merges} of them; no pair that occurs only once. */
    public static List<List<String>> train(Iterable<String> texts, int merges) {
        List<Word> words = count(texts);
        List<List<String>> learnt = new ArrayList<>();
        while (learnt.size() < merges) {
            List<String> best = mostFrequent(words);
            if (best.isEmpty()) {
                break;
            }
            learnt.add(best);
            words.replaceAll(word -> new Word(merge(word.pieces, best), word.count));
        }
        return learnt;
    }

    /** The 256 single bytes as they are written in vocabularies. */
    public static List<String> alphabet() {
        List<String> alphabet = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            alphabet.add(ByteLevel.encode(new byte[] {(byte) value}));
        }
        return alphabet;
    }

    private static List<Word> count(Iterable<String> texts) {
        Map<String, Long> counts = new TreeMap<>();
        for (String text : texts) {
            Matcher matcher = WORD.matcher(text);
            while (matcher.find()) {
                String word = ByteLevel.encode(matcher.group().getBytes(StandardCharsets.UTF_8));
                counts.merge(word, 1L, Long::sum);
            }
        }
        List<Word> words = new ArrayList<>();
        counts.forEach((text, count) -> words.add(
                new Word(text.codePoints().mapToObj(Character::toString).toList(), count)));
        return words;
    }

    private static List<String> mostFrequent(List<Word> words) {
        Map<List<String>, Long> counts = new HashMap<>();
        for (Word word : words) {
            for (int i = 0; i + 1 < word.pieces.size(); i++) {
                counts.merge(List.of(word.pieces.get(i), word.pieces.get(i + 1)), word.count, Long::sum);
            }
        }
        return counts.entrySet().stream()
                .filter(pair -> pair.getValue() > 1)
                .min(Map.Entry.<List<String>, Long>comparingByValue()
                        .reversed()
                        .thenComparing(pair -> pair.getKey().get(0))
                        .thenComparing(pair -> pair.getKey().get(1)))
                .map(Map.Entry::getKey)
                .orElse(List.of());
    }

    private static List<String> merge(List<String> pieces, List<String> pair) {
        if (!pieces.containsAll(pair)) {
            return pieces;
        }
        List<String> merged = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            boolean both = i + 1 < pieces.size()
                    && List.of(pieces.get(i), pieces.get(i + 1)).equals(pair);
            merged.add(both ? pieces.get(i) + pieces.get(i + 1) : pieces.get(i));
            i += both ? 1 : 0;
        }
        return merged;
    }
}
