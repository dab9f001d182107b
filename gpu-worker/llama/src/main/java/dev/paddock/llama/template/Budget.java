package dev.paddock.llama.template;

import java.util.List;

/**
 * Bounds the work of one rendering, so that a hostile template can neither hang nor exhaust memory: every step, every
 * character written or copied and every element gathered is paid for from one purse.
 */
final class Budget {
    /** Units of work: a character is 1, an element {@value #ELEMENT}, a step {@value #STEP}. */
    static final long LIMIT = 64_000_000;

    static final int MAX_DEPTH = 150;
    private static final int STEP = 16;
    private static final int ELEMENT = 8;

    private long spent;
    private int depth;
    private int line = 1;

    /** One statement or expression on this line. */
    void step(int atLine) {
        line = atLine;
        spend(STEP);
    }

    void elements(long count) {
        spend(Math.multiplyExact(Math.min(count, LIMIT), ELEMENT));
    }

    void characters(long count) {
        spend(Math.min(count, LIMIT + 1));
    }

    String text(String text) {
        spend(text.length());
        return text;
    }

    List<Object> list(List<Object> list) {
        elements(list.size());
        return list;
    }

    /** Enters a nested value, macro or block; every entry has its {@link #leave()}. */
    void enter() {
        if (++depth > MAX_DEPTH) {
            throw new ChatTemplateException("nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    void leave() {
        depth--;
    }

    int line() {
        return line;
    }

    private void spend(long units) {
        spent += units;
        if (spent > LIMIT) {
            throw new ChatTemplateException("rendering takes more than " + LIMIT + " units of work");
        }
    }
}
