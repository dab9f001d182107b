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
    private static final Map<String, Predicate<JsonNode>> CHAT = Map.of(
            "tools",
            UnsupportedParameters::isEmpty,
            "tool_choice",
            UnsupportedParameters::leavesNoChoice,
            "functions",
            UnsupportedParameters::isEmpty,
            "function_call",
            UnsupportedParameters::leavesNoChoice,
            "response_format",
            node -> "text".equals(node.path("type").asString("")),
            "modalities",
            node -> node.size() == 1 && "text".equals(node.path(0).asString("")),
            "audio",
            value -> false,
            "web_search_options",
            value -> false);

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

    private static boolean isEmpty(JsonNode value) {
        return !value.isValueNode() && value.isEmpty();
    }

    private static boolean leavesNoChoice(JsonNode value) {
        return value.isString()
                && (value.asString().equals("none") || value.asString().equals("auto"));
    }
}
