package dev.paddock.llama.constraint;

import dev.paddock.llama.constraint.grammar.Grammar;
import dev.paddock.llama.constraint.grammar.State;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A vocabulary's ordinary tokens sorted by their bytes, which is a walk through its tree of beginnings. Immutable. */
final class TokenTable {
    /** Bytes that UTF-8 never has: those of overlong forms and of code points beyond the last. */
    private static final List<Integer> NO_UTF8 =
            List.of(0xC0, 0xC1, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE, 0xFF);

    private final int[] ids;
    private final byte[][] bytes;
    /** Bytes that a token has in common with the one before it. */
    private final int[] shared;

    private final int longest;
    private final boolean complete;

    TokenTable(Tokenizer tokenizer) {
        Set<String> marks = tokenizer.specialTokens();
        Map<Integer, byte[]> written = new LinkedHashMap<>();
        IntStream.range(0, tokenizer.vocabularySize())
                .filter(id -> tokenizer.has(id) && !tokenizer.isSpecial(id) && !marks.contains(tokenizer.token(id)))
                .forEach(id -> written.put(id, tokenizer.bytes(id)));
        List<Map.Entry<Integer, byte[]>> sorted = written.entrySet().stream()
                .filter(entry -> entry.getValue().length > 0)
                .sorted(Map.Entry.comparingByValue(Arrays::compareUnsigned))
                .toList();
        ids = sorted.stream().mapToInt(Map.Entry::getKey).toArray();
        bytes = sorted.stream().map(Map.Entry::getValue).toArray(byte[][]::new);
        shared = new int[ids.length];
        for (int i = 1; i < ids.length; i++) {
            int difference = Arrays.mismatch(bytes[i - 1], bytes[i]);
            shared[i] = difference < 0 ? bytes[i].length : difference;
        }
        longest = Arrays.stream(bytes).mapToInt(token -> token.length).max().orElse(0);
        complete = complete();
    }

    /** Hears of a token that may come next, and of what then may follow. */
    interface Visitor {
        void token(int id, State behind);
    }

    /** Whether every text can be written: each byte of UTF-8 is a token. */
    boolean isComplete() {
        return complete;
    }

    byte[] bytes(int index) {
        return bytes[index];
    }

    /** Visits the tokens that a state allows. */
    void walk(Grammar grammar, State from, Visitor visitor) {
        State[] path = new State[longest + 1];
        path[0] = from;
        int alive = 0;
        for (int i = 0; i < ids.length; i++) {
            if (shared[i] > alive) {
                continue;
            }
            alive = shared[i];
            byte[] token = bytes[i];
            while (alive < token.length) {
                State next = grammar.step(path[alive], token[alive] & 0xFF);
                if (next.dead()) {
                    break;
                }
                path[++alive] = next;
            }
            if (alive == token.length) {
                visitor.token(ids[i], path[alive]);
            }
        }
    }

    /** The state behind the longest token that begins a state's shortest end; null where no token does. */
    @Nullable State afterLongest(Grammar grammar, State from) {
        int low = 0;
        int high = ids.length;
        State best = null;
        State at = from;
        for (int depth = 0; depth < longest && !at.accepting(); depth++) {
            int value = grammar.shortestByte(at);
            low = first(low, high, depth, value);
            high = first(low, high, depth, value + 1);
            if (low == high) {
                break;
            }
            at = grammar.step(at, value);
            best = bytes[low].length == depth + 1 ? at : best;
        }
        return best;
    }

    /** The first of some tokens, alike up to a depth, whose byte there is at least a value. */
    private int first(int from, int to, int depth, int value) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int there = bytes[middle].length == depth ? -1 : bytes[middle][depth] & 0xFF;
            if (there < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean complete() {
        BitSet single = new BitSet(256);
        Arrays.stream(bytes).filter(token -> token.length == 1).forEach(token -> single.set(token[0] & 0xFF));
        NO_UTF8.forEach(single::set);
        return single.cardinality() == 256;
    }
}
