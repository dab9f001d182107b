package dev.paddock.dataset.row;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a model learns from: turns of which the last is the assistant's answer, or the user's message in which spans have labels;
 * or a raw document, which has no turns.
 *
 * @param choices all possible answers where they are a closed set
 * @param rejected an answer that the assistant's is preferred to
 * @param label whether the assistant's answer was judged a good one
 * @param spans labelled parts of the last message, which is the user's then, in their order
 * @param text a raw document
 * @param source where the row is from: {@code domain}, which null stands for; of a document else {@code general}, of other rows any
 *     name, by which a training can learn them in phases
 * @param weight what the row counts in a training's loss, from 0 to 100; 1 where it is not given
 */
@JsonPropertyOrder({"messages", "choices", "rejected", "label", "spans", "text", "source", "weight"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Example(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Message> messages,
        @Nullable List<String> choices,
        @Nullable String rejected,
        @Nullable Boolean label,
        @Nullable List<Span> spans,
        @Nullable String text,
        @Nullable String source,
        @Nullable Double weight) {
    private static final Pattern WHITESPACE = Pattern.compile("(?U)\\s+");

    public Example {
        messages = messages == null ? List.of() : List.copyOf(messages);
        choices = choices == null ? null : List.copyOf(choices);
        spans = spans == null ? null : List.copyOf(spans);
    }

    /** A conversation. */
    public Example(
            List<Message> messages,
            @Nullable List<String> choices,
            @Nullable String rejected,
            @Nullable Boolean label,
            @Nullable List<Span> spans,
            @Nullable Double weight) {
        this(messages, choices, rejected, label, spans, null, null, weight);
    }

    /** A raw document. */
    public static Example document(String text, @Nullable String source) {
        return new Example(List.of(), null, null, null, null, text, source, null);
    }

    /** The same from a source. */
    public Example from(@Nullable String origin) {
        return new Example(messages, choices, rejected, label, spans, text, origin, weight);
    }

    /** An answer that stands by itself. */
    public Example(List<Message> messages, @Nullable List<String> choices) {
        this(messages, choices, null, null, null, null);
    }

    /** An answer that was judged. */
    public Example(
            List<Message> messages,
            @Nullable List<String> choices,
            @Nullable String rejected,
            @Nullable Boolean label) {
        this(messages, choices, rejected, label, null, null);
    }

    /** The assistant's answer; empty where spans have labels and in documents. */
    public String answer() {
        return spans == null && text == null ? messages.get(messages.size() - 1).content() : "";
    }

    /** All before the answer but the system message, or the document, in a form in which trivial differences do not count. */
    public String normalisedPrompt() {
        if (text != null) {
            return normalise(text);
        }
        return messages.subList(0, spans == null ? messages.size() - 1 : messages.size()).stream()
                .filter(message -> !Message.SYSTEM.equals(message.role()))
                .map(message -> message.role() + ' ' + normalise(message.content()))
                .collect(Collectors.joining("\n"));
    }

    public String normalisedAnswer() {
        return normalise(answer());
    }

    /** Lower case in compatible characters (NFKC), with every run of whitespace, of Unicode's, too, as one space. */
    private static String normalise(String text) {
        String compatible = Normalizer.normalize(text, Normalizer.Form.NFKC);
        return WHITESPACE.matcher(compatible).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }
}
