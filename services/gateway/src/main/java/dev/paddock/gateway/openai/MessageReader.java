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
    private static final String CALLS = "tool_calls";
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
        String role = role(object, at);
        boolean assistant = role.equals("assistant");
        JsonNode given = calls(object, at);
        List<ToolCall> calls = assistant && !given.isEmpty() ? toolCalls(given, at + "." + CALLS) : null;
        String answered = optionalText(object, "tool_call_id", at);
        return new ChatMessage(
                role.equals("developer") ? "system" : role,
                MessageContent.ofTurn(object, at, assistant, calls != null),
                calls,
                role.equals("tool") ? answered : null,
                optionalText(object, "name", at));
    }

    private static String role(ObjectNode message, String at) {
        String role = message.path("role").asString("");
        if (!ROLES.contains(role)) {
            throw RequestFields.wrong(
                    at + ".role", message.path("role"), "one of system, developer, user, assistant, tool");
        }
        return role;
    }

    /** An array of calls; nothing where there is none. */
    private static JsonNode calls(ObjectNode message, String at) {
        JsonNode calls = message.path(CALLS);
        if (!calls.isArray() && !isAbsent(calls)) {
            throw RequestFields.wrong(at + "." + CALLS, calls, "an array of function calls");
        }
        return calls;
    }

    private static List<ToolCall> toolCalls(JsonNode calls, String at) {
        List<ToolCall> read = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            JsonNode call = calls.get(i);
            JsonNode function = call.path("function");
            if (!function.path("name").isString() || !function.path("arguments").isString()) {
                throw RequestFields.wrong(at, call, "a function call with name and arguments as text");
            }
            read.add(new ToolCall(
                    optionalText(call, "id", at + "[" + i + "]"),
                    function.path("name").asString(),
                    arguments(function.path("arguments").asString(), at)));
        }
        return read;
    }

    /** Written anew, since a template shows a model what the escapes in it stand for, and so must the guard see it. */
    private static String arguments(String text, String at) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                String written = JSON.writeValueAsString(object);
                ValidUnicode.require(written, at);
                return written;
            }
        } catch (JacksonException e) {
            // no JSON is no object either
        }
        throw RequestFields.wrong(
                at, StringNode.valueOf(text), "a function call whose arguments are a JSON object as text");
    }

    private static @Nullable String optionalText(JsonNode node, String name, String at) {
        JsonNode value = node.path(name);
        if (isAbsent(value)) {
            return null;
        }
        if (!value.isString()) {
            throw RequestFields.wrong(at + "." + name, value, "a string");
        }
        return value.asString();
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isNull() || value.isMissingNode();
    }
}
