package dev.paddock.llama.constraint.regex;

import java.util.BitSet;

/** A class in brackets. */
final class RegexClass {
    private final RegexText text;

    RegexClass(RegexText text) {
        this.text = text;
    }

    /** The characters of the class, of which the opening bracket was read. */
    BitSet read() {
        boolean negated = text.take('^');
        BitSet set = new BitSet();
        while (!text.take(']')) {
            add(set);
        }
        return negated ? CodePoints.but(set) : set;
    }

    private void add(BitSet set) {
        BitSet first = item();
        if (text.peek() != '-') {
            set.or(first);
            return;
        }
        text.next();
        if (text.peek() == ']') {
            set.or(first);
            set.set('-');
            return;
        }
        BitSet last = item();
        if (first.cardinality() != 1 || last.cardinality() != 1 || first.length() > last.length()) {
            throw text.wrong("a range goes from a lower to a higher character");
        }
        set.or(CodePoints.range(first.length() - 1, last.length() - 1));
    }

    private BitSet item() {
        int character = text.next();
        if (character != '\\') {
            return CodePoints.range(character, character);
        }
        if (text.take('b')) {
            return CodePoints.of("\b");
        }
        return text.take('-') ? CodePoints.of("-") : text.escape();
    }
}
