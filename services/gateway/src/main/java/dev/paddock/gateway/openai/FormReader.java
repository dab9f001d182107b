package dev.paddock.gateway.openai;

import dev.paddock.contracts.inference.TextConstraint;
import dev.paddock.gateway.answer.AnswerForm;
import dev.paddock.gateway.error.OpenAiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an answer must be: OpenAI's {@code response_format}, vLLM's {@code structured_outputs}, or its {@code guided_*} of before. A
 * JSON Schema always holds, whether {@code strict} or not.
 */
final class FormReader {
    private static final String FORMAT = "response_format";
    private static final String OUTPUTS = "structured_outputs";
    private static final Set<String> KINDS = Set.of("json", "regex", "choice", "json_object");
    private static final int MOST_CHOICES = 1000;

    private FormReader() {}

    /** The one form that is asked for; null for any text. */
    static @Nullable AnswerForm read(RequestFields fields) {
        List<AnswerForm> forms = new ArrayList<>();
        fields.find(FORMAT).flatMap(FormReader::format).ifPresent(forms::add);
        fields.find(OUTPUTS).ifPresent(outputs -> structured(outputs, forms));
        for (String kind : KINDS) {
            String name = "guided_" + kind;
            fields.find(name).flatMap(value -> form(kind, value, name)).ifPresent(forms::add);
        }
        if (forms.size() > 1) {
            throw OpenAiException.invalid(
                    "invalid_value",
                    forms.get(1).parameter(),
                    "'%s' and '%s' both say what the answer must be; give one."
                            .formatted(forms.get(0).parameter(), forms.get(1).parameter()));
        }
        return forms.isEmpty() ? null : forms.get(0);
    }

    private static Optional<AnswerForm> format(JsonNode format) {
        String type = format.path("type").asString("");
        return switch (type) {
            case "text" -> Optional.empty();
            case "json_object" -> form("json_object", JsonMapper.shared().readTree("true"), FORMAT);
            case "json_schema" -> {
                JsonNode schema = format.path("json_schema").path("schema");
                if (!schema.isObject()) {
                    throw RequestFields.wrong(FORMAT + ".json_schema.schema", schema, "a JSON Schema");
                }
                yield form("json", schema, FORMAT);
            }
            default ->
                throw RequestFields.wrong(
                        FORMAT + ".type", format.path("type"), "one of text, json_object, json_schema");
        };
    }

    private static void structured(JsonNode outputs, List<AnswerForm> forms) {
        if (!(outputs instanceof ObjectNode object)) {
            throw RequestFields.wrong(OUTPUTS, outputs, "an object with one of json, regex, choice and json_object");
        }
        object.properties().forEach(member -> {
            String name = OUTPUTS + "." + member.getKey();
            boolean nothing = member.getValue().isNull()
                    || (member.getValue().isBoolean() && !member.getValue().booleanValue());
            if (KINDS.contains(member.getKey())) {
                form(member.getKey(), member.getValue(), name).ifPresent(forms::add);
            } else if (!nothing) {
                throw UnsupportedParameters.unsupported(name);
            }
        });
    }

    private static Optional<AnswerForm> form(String kind, JsonNode value, String name) {
        if (value.isNull() || (kind.equals("json_object") && value.isBoolean() && !value.booleanValue())) {
            return Optional.empty();
        }
        TextConstraint constraint =
                switch (kind) {
                    case "json" -> TextConstraint.ofSchema(schema(value, name));
                    case "regex" -> TextConstraint.ofRegex(text(value, name));
                    case "choice" -> TextConstraint.ofChoice(choices(value, name));
                    default -> TextConstraint.ofSchema(JsonMapper.shared().readTree("{\"type\":\"object\"}"));
                };
        return Optional.of(new AnswerForm(constraint, name));
    }

    /** A schema, or its text. */
    private static JsonNode schema(JsonNode value, String name) {
        JsonNode schema = value;
        if (value.isString()) {
            try {
                schema = JsonMapper.shared().readTree(value.asString());
                ValidUnicode.require(schema, name);
            } catch (JacksonException e) {
                throw RequestFields.wrong(name, value, "a JSON Schema");
            }
        }
        if (!schema.isObject() && !schema.isBoolean()) {
            throw RequestFields.wrong(name, value, "a JSON Schema");
        }
        return schema;
    }

    private static String text(JsonNode value, String name) {
        if (!value.isString() || value.asString().isEmpty()) {
            throw RequestFields.wrong(name, value, "a regular expression");
        }
        return value.asString();
    }

    private static List<String> choices(JsonNode value, String name) {
        List<String> choices = new ArrayList<>();
        value.forEach(choice -> choices.add(choice.isString() ? choice.asString() : ""));
        if (!value.isArray() || choices.isEmpty() || choices.size() > MOST_CHOICES || choices.contains("")) {
            throw RequestFields.wrong(name, value, "an array of 1 to " + MOST_CHOICES + " texts, none of them empty");
        }
        return choices;
    }
}
