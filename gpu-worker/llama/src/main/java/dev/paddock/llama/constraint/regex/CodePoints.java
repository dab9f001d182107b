package dev.paddock.llama.constraint.regex;

import java.util.BitSet;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;

/** Sets of characters: Unicode code points without surrogates, which no UTF-8 text has. */
public final class CodePoints {
    private static final String SPACES = "\t\n\u000B\f\r \u00A0\u1680\u2028\u2029\u202F\u205F\u3000\uFEFF";

    private CodePoints() {}

    static BitSet all() {
        BitSet all = new BitSet();
        all.set(0, Character.MAX_CODE_POINT + 1);
        all.clear(Character.MIN_SURROGATE, Character.MAX_SURROGATE + 1);
        return all;
    }

    /** All but some. */
    static BitSet but(BitSet some) {
        BitSet rest = all();
        rest.andNot(some);
        return rest;
    }

    static BitSet range(int first, int last) {
        BitSet range = new BitSet();
        range.set(first, last + 1);
        range.and(all());
        return range;
    }

    static BitSet of(String characters) {
        BitSet set = new BitSet();
        characters.codePoints().forEach(set::set);
        return set;
    }

    static BitSet digits() {
        return range('0', '9');
    }

    static BitSet wordCharacters() {
        BitSet word = of("_");
        word.or(digits());
        word.or(range('a', 'z'));
        word.or(range('A', 'Z'));
        return word;
    }

    static BitSet spaces() {
        BitSet spaces = of(SPACES);
        spaces.or(range(0x2000, 0x200A));
        return spaces;
    }

    /** What a dot stands for. */
    static BitSet dot() {
        return but(of("\n\r\u2028\u2029"));
    }

    /** One character of a set. */
    static Automaton automaton(BitSet set) {
        if (set.isEmpty()) {
            return Automata.makeEmpty();
        }
        Automaton.Builder builder = new Automaton.Builder();
        int from = builder.createState();
        int to = builder.createState();
        builder.setAccept(to, true);
        for (int first = set.nextSetBit(0); first >= 0; ) {
            int end = set.nextClearBit(first);
            builder.addTransition(from, to, first, end - 1);
            first = set.nextSetBit(end);
        }
        return builder.finish();
    }

    /** Any one character. */
    public static Automaton any() {
        return automaton(all());
    }
}
