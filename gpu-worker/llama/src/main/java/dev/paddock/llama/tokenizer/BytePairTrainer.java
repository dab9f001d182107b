package dev.paddock.llama.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Learns byte-level byte-pair merges (Sennrich et al. 2016, arXiv:1508.07909): digits one by one, words with the space before
 * them. Of pairs that occur equally often, the one whose pieces are older comes first, single bytes in the order of the characters
 * that write them; so the merges are those of Hugging Face's own trainer. Time grows with the different words, not with the text.
 */
public final class BytePairTrainer {
    private static final int FEWEST = 2;

    /** A pair that occurred so often when it was queued; {@code pair} holds both pieces' numbers. */
    private record Candidate(long pair, long count) {}

    private final List<String> pieces = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<int[]> words = new ArrayList<>();
    private final List<Long> wordCounts = new ArrayList<>();
    private final Map<Long, Long> pairCounts = new HashMap<>();
    private final Map<Long, Set<Integer>> wordsWith = new HashMap<>();
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>(
            Comparator.comparingLong(Candidate::count).reversed().thenComparingLong(Candidate::pair));

    private BytePairTrainer() {
        alphabet().stream().sorted().forEach(this::number);
    }

    /** Pairs in the order in which they are merged, at most {@code merges} of them; no pair that occurs only once. */
    public static List<List<String>> train(Iterable<String> texts, int merges) {
        BytePairTrainer trainer = new BytePairTrainer();
        WordCounts.of(texts).forEach(trainer::add);
        trainer.pairCounts.forEach((pair, count) -> trainer.queue.add(new Candidate(pair, count)));
        return trainer.merge(merges);
    }

    /** The 256 single bytes as they are written in vocabularies. */
    public static List<String> alphabet() {
        List<String> alphabet = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            alphabet.add(ByteLevel.encode(new byte[] {(byte) value}));
        }
        return alphabet;
    }

    private int number(String piece) {
        Integer known = numbers.putIfAbsent(piece, pieces.size());
        if (known == null) {
            pieces.add(piece);
            return pieces.size() - 1;
        }
        return known;
    }

    private void add(String word, long count) {
        words.add(word.codePoints()
                .map(character -> number(Character.toString(character)))
                .toArray());
        wordCounts.add(count);
        count(words.size() - 1, 1, new HashSet<>());
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right;
    }

    /** Adds a word's pairs to the counts, or takes them away; {@code touched} gets each of them. */
    private void count(int word, int sign, Set<Long> touched) {
        int[] parts = words.get(word);
        for (int i = 0; i + 1 < parts.length; i++) {
            long pair = pair(parts[i], parts[i + 1]);
            pairCounts.merge(pair, sign * wordCounts.get(word), Long::sum);
            wordsWith.computeIfAbsent(pair, key -> new HashSet<>()).add(word);
            touched.add(pair);
        }
    }

    private List<List<String>> merge(int merges) {
        List<List<String>> learnt = new ArrayList<>();
        while (learnt.size() < merges && !queue.isEmpty()) {
            Candidate best = queue.remove();
            long now = pairCounts.getOrDefault(best.pair, 0L);
            if (now != best.count) {
                queue.add(new Candidate(best.pair, now));
            } else if (now < FEWEST) {
                break;
            } else {
                learnt.add(join(best.pair));
            }
        }
        return learnt;
    }

    /** Makes one piece of a pair wherever it stands. */
    private List<String> join(long pair) {
        String left = pieces.get((int) (pair >>> 32));
        String right = pieces.get((int) pair);
        int joined = number(left + right);
        Set<Long> grown = new HashSet<>();
        for (int word : wordsWith.getOrDefault(pair, Set.of()).toArray(new Integer[0])) {
            count(word, -1, new HashSet<>());
            words.set(word, joined(words.get(word), pair, joined));
            count(word, 1, grown);
        }
        wordsWith.remove(pair);
        pairCounts.remove(pair);
        grown.stream()
                .filter(pairCounts::containsKey)
                .forEach(other -> queue.add(new Candidate(other, pairCounts.getOrDefault(other, 0L))));
        return List.of(left, right);
    }

    private static int[] joined(int[] parts, long pair, int joined) {
        int[] result = new int[parts.length];
        int size = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean both = i + 1 < parts.length && pair(parts[i], parts[i + 1]) == pair;
            result[size++] = both ? joined : parts[i];
            i += both ? 1 : 0;
        }
        return java.util.Arrays.copyOf(result, size);
    }
}
