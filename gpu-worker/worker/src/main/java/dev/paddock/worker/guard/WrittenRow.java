package dev.paddock.worker.guard;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.paddock.contracts.inference.ChatMessage;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row that this project wrote.
 *
 * @param dev whether it is kept for measuring
 * @param before what the user wrote before it, one text or several
 */
record WrittenRow(
        boolean dev,
        String role,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<String> before,

        String text,
        List<String> codes) {
    GuardRow row(String source) {
        Stream<ChatMessage> turns = Objects.requireNonNullElse(before, List.<String>of()).stream()
                .map(turn -> ChatMessage.of("user", turn));
        return new GuardRow(
                source,
                Stream.concat(turns, Stream.of(ChatMessage.of(role, text))).toList(),
                codes);
    }
}
