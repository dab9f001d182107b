package dev.paddock.gateway.openai;

import dev.paddock.gateway.error.OpenAiException;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Parameters of OpenAI's API that would change the answer and that no model here honours: refused unless their value asks for
 * nothing. Parameters that this table and the readers do not know are ignored, since clients send extras.
 */
final class UnsupportedParameters {
    private static final Predicate<JsonNode> EMPTY = node -> node.isEmpty() && !node.isValueNode();
    private static final Predicate<JsonNode> NEVER = node -> false;
    private static final Predicate<JsonNode> NO_CHOICE = node -> node.isString()
            && (node.asString().equals("none") || node.asString().equals("auto"));

    private static final Map<String, Predicate<JsonNode>> CHAT = Map.of(
            "tools", EMPTY,
            "tool_choice", NO_CHOICE,
            "functions", EMPTY,
            "function_call", NO_CHOICE,
            "response_format", node -> "text".equals(node.path("type").asString("")),
            "modalities", node -> node.size() == 1 && "text".equals(node.path(0).asString("")),
            "audio", NEVER,
            "web_search_options", NEVER);

    private static final Map<String, Predicate<JsonNode>> TEXT =
            Map.of("suffix", node -> node.asString("x").isEmpty());

    private UnsupportedParameters() {}

    static void refuseInChat(RequestFields fields) {
        refuse(fields, CHAT);
    }

    static void refuseInText(RequestFields fields) {
        refuse(fields, TEXT);
    }

    private static void refuse(RequestFields fields, Map<String, Predicate<JsonNode>> table) {
        table.forEach(
                (name, harmless) -> fields.find(name).filter(harmless.negate()).ifPresent(value -> {
                    throw unsupported(name);
                }));
    }

    static OpenAiException unsupported(String name) {
        return OpenAiException.invalid(
                "unsupported_parameter", name, "'" + name + "' is not supported by the models here; leave it out.");
    }
}
