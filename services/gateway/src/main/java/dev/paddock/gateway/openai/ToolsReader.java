package dev.paddock.gateway.openai;

import dev.paddock.contracts.inference.ToolChoice;
import dev.paddock.gateway.answer.AskedTools;
import dev.paddock.gateway.error.OpenAiException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** {@code tools}, {@code tool_choice} and {@code parallel_tool_calls} of a chat request. */
final class ToolsReader {
    private static final int MOST = 128;
    private static final String TOOLS = "tools";
    private static final String CHOICE = "tool_choice";
    private static final Set<String> WORDS = Set.of("none", "auto", "required");
    private static final String RULE = "none, auto, required, or a function that is among the tools";

    private ToolsReader() {}

    /** Null where no tool may be called. */
    static @Nullable AskedTools read(RequestFields fields) {
        JsonNode tools = fields.find(TOOLS).orElse(null);
        JsonNode choice = fields.find(CHOICE).orElse(null);
        boolean parallel = !fields.find("parallel_tool_calls").isPresent() || fields.flag("parallel_tool_calls");
        Set<String> names = names(tools);
        String word = word(choice, names);
        if (names.isEmpty() && !word.equals("auto") && !word.equals("none")) {
            throw OpenAiException.invalid("invalid_value", CHOICE, "'tool_choice' needs 'tools' to choose from.");
        }
        if (names.isEmpty() || word.equals("none") || !(tools instanceof ArrayNode functions)) {
            return null;
        }
        boolean required = !word.equals("auto");
        String one = choice != null && choice.isObject() ? word : null;
        return new AskedTools(functions, new ToolChoice(required, one, parallel && !required));
    }

    private static Set<String> names(@Nullable JsonNode tools) {
        Set<String> names = new LinkedHashSet<>();
        if (tools == null) {
            return names;
        }
        if (!tools.isArray() || tools.size() > MOST) {
            throw RequestFields.wrong(TOOLS, tools, "an array of at most " + MOST + " functions");
        }
        for (int i = 0; i < tools.size(); i++) {
            String at = TOOLS + "[" + i + "]";
            JsonNode tool = tools.get(i);
            if (!tool.path("type").asString("").equals("function")) {
                throw RequestFields.wrong(at + ".type", tool.path("type"), "function");
            }
            JsonNode name = tool.path("function").path("name");
            if (!name.asString("").matches("[A-Za-z0-9_-]{1,64}") || !names.add(name.asString())) {
                throw RequestFields.wrong(at + ".function.name", name, "1 to 64 of A-Za-z0-9_- and no other tool's");
            }
            JsonNode parameters = tool.path("function").path("parameters");
            if (!parameters.isObject() && !parameters.isMissingNode() && !parameters.isNull()) {
                throw RequestFields.wrong(at + ".function.parameters", parameters, "a JSON Schema");
            }
        }
        return names;
    }

    private static String word(@Nullable JsonNode choice, Set<String> names) {
        if (choice == null) {
            return "auto";
        }
        if (!choice.isString()) {
            return function(choice, names);
        }
        if (!WORDS.contains(choice.asString())) {
            throw RequestFields.wrong(CHOICE, choice, RULE);
        }
        return choice.asString();
    }

    /** The function that must be called. */
    private static String function(JsonNode choice, Set<String> names) {
        String name = choice.path("function").path("name").asString("");
        if (!choice.path("type").asString("").equals("function") || !names.contains(name)) {
            throw RequestFields.wrong(CHOICE, choice, RULE);
        }
        return name;
    }
}
