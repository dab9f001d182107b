package dev.paddock.gateway.answer;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What callers call the fields of a worker's request. */
final class WorkerFields {
    private static final String MOST_TOKENS = "maxTokens";
    private static final Pattern NUMBER_AND_RULE = Pattern.compile(" is [-+.0-9E]+: .*", Pattern.DOTALL);

    private WorkerFields() {}

    /** The parameter that a field holds; null where the caller gave none. */
    static @Nullable String parameter(String field, Question question) {
        AnswerForm form = question.form();
        return switch (field) {
            case "constraint" -> form == null ? null : form.parameter();
            case MOST_TOKENS -> question.limit();
            case "prompts", "messages", "inputs" -> text(question);
            default -> field.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        };
    }

    /** The parameter that holds the text. */
    static String text(Question question) {
        return switch (question.kind()) {
            case CHAT -> "messages";
            case TEXT -> "prompt";
            case LABELS, EMBEDDINGS -> "input";
        };
    }

    /**
     * A worker's {@code <field> is <value>: <rule>} with the caller's names. A value that is no number may hold the caller's own words,
     * so what follows it stays as it is.
     */
    static String detail(String detail, String field, Question question) {
        String parameter = parameter(field, question);
        if (parameter == null || !detail.startsWith(field + " is ")) {
            return detail;
        }
        String rest = detail.substring(field.length());
        boolean isNumber = NUMBER_AND_RULE.matcher(rest).matches();
        return parameter + (isNumber ? rest.replace(MOST_TOKENS, question.limit()) : rest);
    }
}
