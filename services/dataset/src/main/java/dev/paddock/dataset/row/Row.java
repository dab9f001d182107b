package dev.paddock.dataset.row;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.paddock.kit.artifacts.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of a dataset version; its id is the digest of its example. */
@JsonPropertyOrder({"id", "messages", "choices", "rejected", "label", "spans", "text", "source", "origin"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Row(
        String id,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Message> messages,
        @Nullable List<String> choices,
        @Nullable String rejected,
        @Nullable Boolean label,
        @Nullable List<Span> spans,
        @Nullable String text,
        @Nullable String source,
        Origin origin) {
    public Row {
        messages = messages == null ? List.of() : List.copyOf(messages);
    }

    public static Row of(Example example, Origin origin) {
        String json = RowJson.MAPPER.writeValueAsString(example);
        String id = Digest.of(json.getBytes(StandardCharsets.UTF_8)).value();
        return new Row(
                id,
                example.messages(),
                example.choices(),
                example.rejected(),
                example.label(),
                example.spans(),
                example.text(),
                example.source(),
                origin);
    }

    public Example example() {
        return new Example(messages, choices, rejected, label, spans, text, source);
    }
}
