package dev.paddock.gateway.answer;

import dev.paddock.contracts.guard.Verdict;

/** What a caller reads in place of a withheld text. */
final class Refusals {
    private Refusals() {}

    static String input(Verdict verdict) {
        return "The request was not answered: it breaks the content policy" + categories(verdict) + ".";
    }

    static String output(Verdict verdict) {
        return "The answer was withheld: it breaks the content policy" + categories(verdict) + ".";
    }

    private static String categories(Verdict verdict) {
        return verdict.categories().isEmpty() ? "" : " (" + String.join(", ", verdict.categories()) + ")";
    }
}
