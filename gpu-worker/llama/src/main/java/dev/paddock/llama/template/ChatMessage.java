package dev.paddock.llama.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a conversation, as chat templates read it.
 *
 * @param role {@code system}, {@code user}, {@code assistant}, {@code tool} or what a template knows
 * @param content the text, or null where the turn consists of tool calls
 * @param name who speaks, or which tool answers
 * @param toolCalls {@code {"id", "type": "function", "function": {"name", "arguments": {…}}}} each, arguments as a map
 * @param toolCallId which call a tool answers
 */
public record ChatMessage(
        String role,
        @Nullable String content,
        @Nullable String name,
        List<Map<String, Object>> toolCalls,
        @Nullable String toolCallId) {

    public ChatMessage {
        toolCalls = List.copyOf(toolCalls);
    }

    public ChatMessage(String role, String content) {
        this(role, content, null, List.of(), null);
    }

    /** The turn as the template's variable. */
    public Map<String, @Nullable Object> variables() {
        Map<String, @Nullable Object> variables = new LinkedHashMap<>();
        variables.put("role", role);
        variables.put("content", content);
        if (name != null) {
            variables.put("name", name);
        }
        if (!toolCalls.isEmpty()) {
            variables.put("tool_calls", toolCalls);
        }
        if (toolCallId != null) {
            variables.put("tool_call_id", toolCallId);
        }
        return variables;
    }
}
