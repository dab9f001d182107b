package dev.paddock.worker.guard;

import dev.paddock.kit.artifacts.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives a command of one sentence an everyday form: a question, a wish, or the command as it is. A text's digest chooses the
 * form, whether the text is safe or not, so that the form tells a guard nothing.
 */
final class Phrasing {
    private static final int LONGEST_TEXT = 200;
    private static final int FORMS = 12;
    private static final int AS_IT_IS = 4;
    private static final int OWN_ACT = 10;
    private static final List<String> OWN = List.of(
            "How do I %s?",
            "How can I %s?",
            "Can you explain how to %s?",
            "Explain step by step how to %s.",
            "I want to %s.",
            "how to %s");
    private static final List<String> ASKED = List.of("Can you %s?", "Please %s.", "I need you to %s.");
    private static final Pattern ONE_SENTENCE = Pattern.compile("[^\\n.?!:]+[.!]?");
    private static final Pattern HOW_TO = Pattern.compile(".*?\\bhow to (.+)");
    private static final Pattern OF_THE_SPEAKERS = Pattern.compile("(?i)\\b(?:me|my|i|you|your)\\b");
    private static final Pattern COMMAND = Pattern.compile(
            "(?i)(?:add|analyze|answer|brainstorm|change|choose|classify|compare|complete|compose|conduct|"
                    + "convert|correct|create|decide|define|demonstrate|describe|design|detect|develop|discuss|"
                    + "draft|draw|edit|educate|evaluate|exploit|expand|explain|extract|fill|find|generate|give|"
                    + "guide|hack|identify|illustrate|implement|include|instruct|interfere|invent|list|make|"
                    + "manipulate|name|offer|outline|paraphrase|plan|post|predict|prepare|produce|propose|provide|"
                    + "publish|rank|recommend|release|replace|reply|rewrite|select|share|show|simplify|solve|sort|"
                    + "suggest|summarize|teach|tell|think|train|translate|turn|use|verify|write)");

    private final long seed;

    Phrasing(long seed) {
        this.seed = seed;
    }

    /** The text in another form; the text itself where it is no short command, and for some that are. */
    String of(String text) {
        int form = Integer.parseInt(
                Digest.of((seed + " " + text).getBytes(StandardCharsets.UTF_8))
                        .hex()
                        .substring(0, 7),
                16);
        if (!command(text) || form % FORMS < AS_IT_IS) {
            return text;
        }
        String act = text.substring(0, 1).toLowerCase(Locale.ROOT)
                + text.substring(1).replaceAll("[.!]$", "");
        Matcher wrapped = HOW_TO.matcher(act);
        String own = wrapped.matches() ? wrapped.group(1) : act;
        boolean asked = form % FORMS >= OWN_ACT || OF_THE_SPEAKERS.matcher(own).find();
        List<String> forms = asked ? ASKED : OWN;
        return forms.get(form / FORMS % forms.size()).formatted(asked ? act : own);
    }

    private static boolean command(String text) {
        String first = text.split("\\W", 2)[0];
        return text.length() <= LONGEST_TEXT
                && COMMAND.matcher(first).matches()
                && ONE_SENTENCE.matcher(text).matches();
    }
}
