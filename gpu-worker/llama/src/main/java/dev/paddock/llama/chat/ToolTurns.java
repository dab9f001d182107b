package dev.paddock.llama.chat;

import dev.paddock.llama.template.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Tools, calls and their results as ordinary turns, for templates that do not know them, in the words of Hermes' templates. */
public final class ToolTurns {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ToolTurns() {}

    /**
     * A conversation that any template can show.
     *
     * @param tools JSON schemas of the tools as maps, or null for none
     */
    public static List<ChatMessage> plain(List<ChatMessage> messages, @Nullable List<?> tools) {
        List<ChatMessage> turns =
                new ArrayList<>(messages.stream().map(ToolTurns::plain).toList());
        if (tools == null || tools.isEmpty()) {
            return turns;
        }
        boolean system = turns.get(0).role().equals("system");
        String instruction = system ? turns.remove(0).content() + "\n\n" + shown(tools) : shown(tools);
        turns.add(0, new ChatMessage("system", instruction));
        return turns;
    }

    private static String shown(List<?> tools) {
        return tools.stream()
                .map(JSON::writeValueAsString)
                .collect(Collectors.joining(
                        "\n",
                        "You may call functions to answer. Their signatures stand in <tools></tools>:\n<tools>\n",
                        "\n</tools>\nWrite each call as a JSON object with name and arguments in <tool_call></tool_call>:\n"
                                + "<tool_call>\n{\"name\": <name>, \"arguments\": <object>}\n</tool_call>"));
    }

    private static ChatMessage plain(ChatMessage message) {
        if (message.role().equals("tool")) {
            return new ChatMessage("user", "<tool_response>\n" + message.content() + "\n</tool_response>");
        }
        if (message.toolCalls().isEmpty()) {
            return message;
        }
        String calls = message.toolCalls().stream().map(ToolTurns::call).collect(Collectors.joining("\n"));
        String content = message.content();
        return new ChatMessage(message.role(), content == null || content.isEmpty() ? calls : content + "\n" + calls);
    }

    private static String call(Map<String, Object> call) {
        return call.get("function") instanceof Map<?, ?> function
                ? "<tool_call>\n{\"name\": %s, \"arguments\": %s}\n</tool_call>"
                        .formatted(
                                JSON.writeValueAsString(function.get("name")),
                                JSON.writeValueAsString(function.get("arguments")))
                : "";
    }
}
