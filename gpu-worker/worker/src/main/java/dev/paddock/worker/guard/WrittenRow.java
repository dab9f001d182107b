package dev.paddock.worker.guard;

import dev.paddock.contracts.inference.ChatMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that this project wrote.
 *
 * @param dev whether it is kept for measuring
 * @param before what the user wrote before it
 */
record WrittenRow(boolean dev, String role, @Nullable String before, String text, List<String> codes) {
    GuardRow row(String source) {
        ChatMessage judged = ChatMessage.of(role, text);
        return new GuardRow(
                source, before == null ? List.of(judged) : List.of(ChatMessage.of("user", before), judged), codes);
    }
}
