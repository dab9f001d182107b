package dev.paddock.contracts.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * Functions and calls of them in words. A guard is taught language; the notation of JSON Schema is none, and what it says of types and
 * places is nothing that a policy could be about. Every name, text and number that somebody chose is kept, in its order; the
 * notation's own words, and names of members that are repeated as required ones, are not.
 *
 * <p>Only a text that is its JSON to the letter is read: of a member that is there twice a parser sees one, and a model both.
 */
final class ToolWords {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Members that hold definitions or schemas. */
    private static final Set<String> SCHEMAS = Set.of(
            "function",
            "parameters",
            "items",
            "prefixItems",
            "additionalProperties",
            "propertyNames",
            "contains",
            "anyOf",
            "oneOf",
            "allOf",
            "not",
            "if",
            "then",
            "else");

    /** Members whose own members have names of somebody's choice and hold schemas. */
    private static final Set<String> NAMED = Set.of("properties", "patternProperties", "$defs", "definitions");

    /** Members that hold what somebody chose; of any other member the name is a choice, too. */
    private static final Set<String> CHOICES = Set.of(
            "name",
            "description",
            "title",
            "strict",
            "type",
            "enum",
            "const",
            "default",
            "examples",
            "required",
            "pattern",
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "uniqueItems");

    private static final Set<String> TYPES =
            Set.of("function", "object", "array", "string", "integer", "number", "boolean", "null");

    private final List<String> words = new ArrayList<>();

    private ToolWords() {}

    /** A list of functions in OpenAI's form as compact JSON, each in a line; any other text as it is. */
    static String ofDefinitions(String text) {
        if (read(text) instanceof ArrayNode tools
                && !tools.isEmpty()
                && tools.valueStream().allMatch(ToolWords::isFunction)) {
            return tools.valueStream().map(ToolWords::definition).collect(Collectors.joining("\n"));
        }
        return text;
    }

    /** A call's arguments as compact JSON; any other text as it is. */
    static String ofArguments(String text) {
        JsonNode arguments = read(text);
        if (arguments == null || !arguments.isObject()) {
            return text;
        }
        ToolWords reading = new ToolWords();
        reading.value(arguments);
        return reading.joined();
    }

    private static @Nullable JsonNode read(String text) {
        if (!text.startsWith("{") && !text.startsWith("[{")) {
            return null;
        }
        try {
            JsonNode tree = JSON.readTree(text);
            return tree.toString().equals(text) ? tree : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static boolean isFunction(JsonNode tool) {
        return tool.path("type").asString("").equals("function")
                && tool.path("function").isObject();
    }

    private static String definition(JsonNode tool) {
        ToolWords reading = new ToolWords();
        reading.schema(tool);
        return reading.joined();
    }

    private void schema(JsonNode node) {
        if (node.isObject()) {
            JsonNode properties = node.path("properties");
            node.properties().forEach(member -> member(member.getKey(), member.getValue(), properties));
        } else if (node.isArray()) {
            node.forEach(this::schema);
        } else if (!node.isBoolean()) {
            value(node);
        }
    }

    private void member(String name, JsonNode value, JsonNode properties) {
        if (SCHEMAS.contains(name)) {
            schema(value);
        } else if (NAMED.contains(name) && value.isObject()) {
            value.properties().forEach(named -> {
                word(named.getKey());
                schema(named.getValue());
            });
        } else if (name.equals("required") && value.isArray()) {
            value.forEach(required -> required(required, properties));
        } else if (!CHOICES.contains(name)) {
            word(name);
            value(value);
        } else if (!value.isBoolean() && !(name.equals("type") && isType(value))) {
            value(value);
        }
    }

    private void required(JsonNode name, JsonNode properties) {
        if (!name.isString() || !properties.has(name.asString())) {
            value(name);
        }
    }

    private static boolean isType(JsonNode value) {
        return value.isArray() ? value.valueStream().allMatch(ToolWords::isOneType) : isOneType(value);
    }

    private static boolean isOneType(JsonNode value) {
        return value.isString() && TYPES.contains(value.asString());
    }

    private void value(JsonNode value) {
        if (value.isObject()) {
            value.properties().forEach(member -> {
                word(member.getKey());
                value(member.getValue());
            });
        } else if (value.isArray()) {
            value.forEach(this::value);
        } else if (value.isString()) {
            word(value.asString());
        } else if (!value.isNull()) {
            word(value.toString());
        }
    }

    private void word(String text) {
        String word = text.replace('_', ' ').strip();
        if (!word.isEmpty()) {
            words.add(word);
        }
    }

    private String joined() {
        return String.join(" ", words);
    }
}
