package dev.paddock.llama.constraint.schema;

import dev.paddock.llama.constraint.grammar.ByteAutomaton;
import dev.paddock.llama.constraint.grammar.Term;
import dev.paddock.llama.constraint.regex.RegexParser;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.Transition;

/** How JSON writes strings and what lies between values. */
final class JsonText {
    /** A character of a string: itself, or one of JSON's escapes, of surrogates none. */
    private static final String CHARACTER =
            "[^\"\\\\\\x00-\\x1f]|\\\\([\"\\\\/bfnrt]|u([0-9a-cA-CeEfF][0-9a-fA-F]{3}|[dD][0-7][0-9a-fA-F]{2}))";

    private static final ByteAutomaton ANY_CHARACTER = ByteAutomaton.of(RegexParser.whole(CHARACTER));
    private static final ByteAutomaton ANY_STRING = ByteAutomaton.of(RegexParser.whole("\"(" + CHARACTER + ")*\""));

    /** At most a space, or a line's end and an indentation: no model can go on with it for ever. */
    private static final ByteAutomaton GAP = ByteAutomaton.of(RegexParser.whole("( |\\n {0,32})?"));

    /** What JSON must or here does escape, with the letter that names it. */
    private static final Map<Integer, Integer> ESCAPES = new TreeMap<>(Map.of(
            (int) '"', (int) '"',
            (int) '\\', (int) '\\',
            (int) '\b', (int) 'b',
            (int) '\f', (int) 'f',
            (int) '\n', (int) 'n',
            (int) '\r', (int) 'r',
            (int) '\t', (int) 't'));

    private JsonText() {}

    static Term anyString() {
        return Term.bytes(ANY_STRING);
    }

    /** A string of so many characters, of any. */
    static Term string(int least, int most) {
        return Term.sequence(
                Term.literal("\""), Term.repeat(Term.bytes(ANY_CHARACTER), least, most), Term.literal("\""));
    }

    /** A string whose characters an automaton accepts. */
    static Term string(Automaton characters) {
        return Term.bytes(ByteAutomaton.of(
                Operations.concatenate(List.of(Automata.makeChar('"'), escaped(characters), Automata.makeChar('"')))));
    }

    static Term gap() {
        return Term.bytes(GAP);
    }

    static Term comma() {
        return Term.sequence(Term.literal(","), gap());
    }

    static Term colon() {
        return Term.sequence(Term.literal(":"), gap());
    }

    /**
     * The texts that stand between the quotes for the texts of an automaton: each is written in one way. Control characters without a
     * letter are left out.
     */
    static Automaton escaped(Automaton characters) {
        Automaton.Builder builder = new Automaton.Builder();
        int states = characters.getNumStates();
        for (int state = 0; state < states; state++) {
            builder.setAccept(builder.createState(), characters.isAccept(state));
        }
        Transition transition = new Transition();
        for (int state = 0; state < states; state++) {
            int count = characters.initTransition(state, transition);
            for (int i = 0; i < count; i++) {
                characters.getNextTransition(transition);
                write(builder, transition);
            }
        }
        return builder.finish();
    }

    private static void write(Automaton.Builder builder, Transition transition) {
        int from = Math.max(' ', transition.min);
        for (Map.Entry<Integer, Integer> escape : ESCAPES.entrySet()) {
            int character = escape.getKey();
            if (character < transition.min || character > transition.max) {
                continue;
            }
            if (character >= ' ') {
                plain(builder, transition, from, character - 1);
                from = character + 1;
            }
            int behind = builder.createState();
            builder.addTransition(transition.source, behind, '\\');
            builder.addTransition(behind, transition.dest, escape.getValue());
        }
        plain(builder, transition, from, transition.max);
    }

    private static void plain(Automaton.Builder builder, Transition transition, int from, int to) {
        if (from <= to) {
            builder.addTransition(transition.source, transition.dest, from, to);
        }
    }
}
