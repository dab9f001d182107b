package dev.paddock.evaluation.run;

import dev.paddock.evaluation.suite.Item;
import dev.paddock.kit.problem.ProblemException;

/** The worker's refusal of a text that is longer than a model's context. */
final class TooLong {
    private static final String CODE = "context-length-exceeded";

    private TooLong() {}

    static boolean is(ProblemException refusal) {
        return refusal.code().code().equals(CODE);
    }

    /** The answer to the one item that was refused; any other refusal is thrown on. */
    static Answer orThrow(ProblemException refusal, Item item) {
        if (!is(refusal)) {
            throw refusal;
        }
        return Answer.tooLong(item.id());
    }
}
