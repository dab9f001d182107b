package dev.paddock.gateway.openai;

import dev.paddock.gateway.error.OpenAiException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Typed, bounded reading of a request's fields, whose texts are valid Unicode; JSON null counts as absent, a wrong type or range names
 * the field.
 */
final class RequestFields {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_SHOWN = 80;
    private final ObjectNode body;
    private final String prefix;

    private RequestFields(ObjectNode body, String prefix) {
        this.body = body;
        this.prefix = prefix;
    }

    static RequestFields parse(byte[] json) {
        JsonNode tree;
        try {
            tree = JSON.readTree(json);
        } catch (JacksonException e) {
            throw OpenAiException.invalid(
                    "invalid_json", null, "The body is not JSON (" + e.getOriginalMessage() + "); send a JSON object.");
        }
        if (tree instanceof ObjectNode object) {
            ValidUnicode.require(object, "");
            return new RequestFields(object, "");
        }
        throw OpenAiException.invalid("invalid_json", null, "The body must be a JSON object.");
    }

    Optional<JsonNode> find(String name) {
        JsonNode value = body.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    /** The fields of an object that is a field, which go by their dotted paths. */
    Optional<RequestFields> within(String name) {
        return find(name).map(value -> {
            if (!(value instanceof ObjectNode object)) {
                throw fault(name, value, "an object");
            }
            return new RequestFields(object, prefix + name + ".");
        });
    }

    String requiredText(String name) {
        JsonNode value = find(name)
                .orElseThrow(() -> OpenAiException.invalid(
                        "missing_required_parameter", prefix + name, "You must provide '" + prefix + name + "'."));
        if (!value.isString() || value.asString().isBlank()) {
            throw fault(name, value, "a non-empty string");
        }
        return value.asString();
    }

    boolean flag(String name) {
        return find(name)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw fault(name, value, "true or false");
                    }
                    return value.asBoolean();
                })
                .orElse(false);
    }

    @Nullable Integer integer(String name, int low, int high) {
        JsonNode value = find(name).orElse(null);
        if (value == null) {
            return null;
        }
        if (!value.canConvertToInt() || !value.isIntegralNumber() || value.asInt() < low || value.asInt() > high) {
            throw fault(name, value, "an integer between " + low + " and " + high);
        }
        return value.asInt();
    }

    @Nullable Long longInteger(String name) {
        JsonNode value = find(name).orElse(null);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw fault(name, value, "a 64-bit integer");
        }
        return value.asLong();
    }

    @Nullable Double decimal(String name, double low, double high) {
        JsonNode value = find(name).orElse(null);
        if (value == null) {
            return null;
        }
        double number = value.isNumber() ? value.asDouble(Double.NaN) : Double.NaN;
        if (!(number >= low && number <= high)) {
            throw fault(name, value, "a number between " + low + " and " + high);
        }
        return number;
    }

    /** Above 0, at most 1. */
    @Nullable Double share(String name) {
        Double value = decimal(name, 0, 1);
        if (value != null && value == 0) {
            throw fault(name, body.path(name), "a number above 0 and at most 1");
        }
        return value;
    }

    private OpenAiException fault(String name, JsonNode value, String rule) {
        return wrong(prefix + name, value, rule);
    }

    static OpenAiException wrong(String name, JsonNode value, String rule) {
        return OpenAiException.invalid(
                "invalid_value",
                name,
                "Invalid '" + name + "': " + shown(value.toString()) + "; it must be " + rule + ".");
    }

    /** The beginning of a long text, which does not end within a character. */
    private static String shown(String text) {
        if (text.length() <= MOST_SHOWN) {
            return text;
        }
        boolean within = Character.isHighSurrogate(text.charAt(MOST_SHOWN - 1));
        return text.substring(0, within ? MOST_SHOWN - 1 : MOST_SHOWN) + "…";
    }
}
