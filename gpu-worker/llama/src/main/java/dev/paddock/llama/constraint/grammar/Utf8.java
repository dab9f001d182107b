package dev.paddock.llama.constraint.grammar;

import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/**
 * Well-formed UTF-8 (Unicode 16, table 3-7) as an automaton over bytes. Lucene's conversion from code points expects well-formed texts to
 * be matched and accepts overlong forms, which must not be generated.
 */
final class Utf8 {
    static final Automaton TEXTS = Operations.determinize(
            Operations.repeat(Operations.union(List.of(
                    range(0x00, 0x7F),
                    character(range(0xC2, 0xDF), 1),
                    character(pair(0xE0, 0xE0, 0xA0, 0xBF), 1),
                    character(range(0xE1, 0xEC), 2),
                    character(pair(0xED, 0xED, 0x80, 0x9F), 1),
                    character(range(0xEE, 0xEF), 2),
                    character(pair(0xF0, 0xF0, 0x90, 0xBF), 2),
                    character(range(0xF1, 0xF3), 3),
                    character(pair(0xF4, 0xF4, 0x80, 0x8F), 2)))),
            ByteAutomaton.EFFORT);

    private Utf8() {}

    private static Automaton range(int first, int last) {
        return Automata.makeCharRange(first, last);
    }

    private static Automaton pair(int first, int last, int lowest, int highest) {
        return Operations.concatenate(range(first, last), range(lowest, highest));
    }

    /** A beginning and so many bytes behind it. */
    private static Automaton character(Automaton begun, int more) {
        return Operations.concatenate(begun, Operations.repeat(range(0x80, 0xBF), more, more));
    }
}
