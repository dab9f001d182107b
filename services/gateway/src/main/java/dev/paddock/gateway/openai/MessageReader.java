package dev.paddock.gateway.openai;

import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.contracts.inference.ToolCall;
import dev.paddock.gateway.error.OpenAiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** {@code messages} of a chat request; {@code developer} is a system turn. */
final class MessageReader {
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool");
    private static final int MOST = 2048;
    private static final JsonMapper JSON = JsonMapper.shared();

    private MessageReader() {}

    static List<ChatMessage> read(RequestFields fields) {
        JsonNode messages = fields.find("messages")
                .orElseThrow(() -> OpenAiException.invalid(
                        "missing_required_parameter", "messages", "You must provide 'messages'."));
        return read(messages, "messages");
    }

    /** @param name what the request calls the messages */
    static List<ChatMessage> read(JsonNode messages, String name) {
        if (!messages.isArray() || messages.isEmpty() || messages.size() > MOST) {
            throw RequestFields.wrong(name, messages, "an array of 1 to " + MOST + " messages");
        }
        List<ChatMessage> turns = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            turns.add(message(messages.get(i), name + "[" + i + "]"));
        }
        return List.copyOf(turns);
    }

    private static ChatMessage message(JsonNode node, String at) {
        if (!(node instanceof ObjectNode object)) {
            throw RequestFields.wrong(at, node, "an object with role and content");
        }
        String role = object.path("role").asString("");
        if (!ROLES.contains(role)) {
            throw RequestFields.wrong(
                    at + ".role", object.path("role"), "one of system, developer, user, assistant, tool");
        }
        boolean assistant = role.equals("assistant");
        List<ToolCall> calls = assistant ? toolCalls(object, at) : null;
        String content = MessageContent.ofTurn(object, at, assistant, calls != null);
        return new ChatMessage(
                role.equals("developer") ? "system" : role,
                content,
                calls,
                role.equals("tool") ? optionalText(object, "tool_call_id") : null,
                optionalText(object, "name"));
    }

    private static @Nullable List<ToolCall> toolCalls(ObjectNode message, String at) {
        JsonNode calls = message.path("tool_calls");
        if (!calls.isArray() || calls.isEmpty()) {
            return null;
        }
        List<ToolCall> read = new ArrayList<>();
        for (JsonNode call : calls) {
            JsonNode function = call.path("function");
            if (!function.path("name").isString() || !function.path("arguments").isString()) {
                throw RequestFields.wrong(at + ".tool_calls", call, "a function call with name and arguments as text");
            }
            read.add(new ToolCall(
                    optionalText(call, "id"),
                    function.path("name").asString(),
                    arguments(function.path("arguments").asString(), at)));
        }
        return read;
    }

    /** Written anew, since a template shows a model what the escapes in it stand for, and so must the guard see it. */
    private static String arguments(String text, String at) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return JSON.writeValueAsString(object);
            }
        } catch (JacksonException e) {
            // no JSON is no object either
        }
        throw RequestFields.wrong(
                at + ".tool_calls",
                StringNode.valueOf(text),
                "a function call whose arguments are a JSON object as text");
    }

    private static @Nullable String optionalText(JsonNode node, String name) {
        return node.path(name).isString() ? node.path(name).asString() : null;
    }
}
