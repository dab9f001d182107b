package dev.paddock.dataset.upload;

import dev.paddock.dataset.row.Example;
import dev.paddock.dataset.row.Message;
import dev.paddock.dataset.row.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Makes an example of a JSON row whose last message, the user's, has labelled spans, or says which field is wrong. */
final class SpanShape {
    private SpanShape() {}

    static Example read(JsonNode row, List<Message> messages) {
        RowShape.checkTurns(messages);
        Message last = messages.get(messages.size() - 1);
        if (!Message.USER.equals(last.role())) {
            throw new InvalidRowException(
                    "messages", "the last message must be the user's, in which spans have labels, and no answer");
        }
        for (String field : List.of("chosen", "rejected", "choices", "label")) {
            if (row.hasNonNull(field)) {
                throw new InvalidRowException(field, "has no meaning where spans have labels");
            }
        }
        int characters = last.content().codePointCount(0, last.content().length());
        return new Example(messages, null, null, null, spans(row.path("spans"), characters), RowMarks.weight(row));
    }

    private static List<Span> spans(JsonNode given, int characters) {
        if (!given.isArray()) {
            throw new InvalidRowException("spans", "must be a list, empty where nothing has a label");
        }
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            spans.add(span(given.get(i), "spans[" + i + "].", characters));
        }
        spans.sort(Comparator.comparingInt(Span::start).thenComparingInt(Span::end));
        for (int i = 1; i < spans.size(); i++) {
            if (spans.get(i).start() < spans.get(i - 1).end()) {
                throw new InvalidRowException("spans", named(spans.get(i)) + " overlaps " + named(spans.get(i - 1)));
            }
        }
        return spans;
    }

    private static Span span(JsonNode given, String at, int characters) {
        int start = number(given, "start", at);
        int end = number(given, "end", at);
        if (start < 0 || start >= characters) {
            throw new InvalidRowException(
                    at + "start", "is " + start + ", must be 0 to " + (characters - 1) + ", characters of the message");
        }
        if (end <= start || end > characters) {
            throw new InvalidRowException(
                    at + "end", "is " + end + ", must be " + (start + 1) + " to " + characters + ", behind the span");
        }
        return new Span(start, end, RowShape.at(given, "label", at).strip());
    }

    private static int number(JsonNode span, String field, String at) {
        JsonNode value = span.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new InvalidRowException(at + field, "must be a whole number of characters");
        }
        return value.asInt();
    }

    private static String named(Span span) {
        return "\"" + span.label() + "\" (" + span.start() + " to " + span.end() + ")";
    }
}
