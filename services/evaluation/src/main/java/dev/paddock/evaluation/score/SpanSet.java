package dev.paddock.evaluation.score;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Labelled parts of one message, as text that is the same for the same parts. */
public record SpanSet(List<Span> spans) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Comparator<Span> ORDER =
            Comparator.comparingInt(Span::start).thenComparingInt(Span::end).thenComparing(Span::label);

    /** Characters {@code [start, end)} of the message, in Unicode code points. */
    public record Span(int start, int end, String label) {}

    public SpanSet {
        spans = spans.stream().distinct().sorted(ORDER).toList();
    }

    /** Reads what {@link #text} wrote; nothing where it is something else. */
    public static SpanSet parse(String text) {
        try {
            return new SpanSet(List.of(JSON.readValue(text, Span[].class)));
        } catch (JacksonException other) {
            return new SpanSet(List.of());
        }
    }

    public String text() {
        return JSON.writeValueAsString(spans);
    }

    /** How many spans both have, with the same borders and the same label. */
    public int common(SpanSet other) {
        Set<Span> both = new HashSet<>(spans);
        both.retainAll(new HashSet<>(other.spans));
        return both.size();
    }
}
