package dev.paddock.worker.guard;

import java.util.List;
import java.util.Locale;
import tools.jackson.core.type.TypeReference;

/** The category of a text that is known to be unsafe, from its first rule with a word in it: a weak label. */
record CategoryWords(List<Rule> rules) {
    /** Where no rule fits. */
    private static final String OTHERWISE = "S4";

    /** A category and beginnings or pieces of words in lower case. */
    record Rule(String code, List<String> words) {}

    static CategoryWords read() {
        return new CategoryWords(Resources.json("category-words.json", new TypeReference<List<Rule>>() {}));
    }

    String code(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return rules.stream()
                .filter(rule -> rule.words().stream().anyMatch(lower::contains))
                .map(Rule::code)
                .findFirst()
                .orElse(OTHERWISE);
    }
}
