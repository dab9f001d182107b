package dev.paddock.contracts.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One turn; content is plain text and never read as a template. */
public record ChatMessage(
        String role,
        @Nullable String content,
        @Nullable List<ToolCall> toolCalls,
        @Nullable String toolCallId,
        @Nullable String name) {
    public static ChatMessage of(String role, String content) {
        return new ChatMessage(role, content, null, null, null);
    }
}
