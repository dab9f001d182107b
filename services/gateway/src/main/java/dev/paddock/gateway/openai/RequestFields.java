package dev.paddock.gateway.openai;

import dev.paddock.gateway.error.OpenAiException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Typed, bounded reading of a request's fields; JSON null counts as absent, a wrong type or range names the field. */
final class RequestFields {
    private static final JsonMapper JSON = JsonMapper.shared();
    private final ObjectNode body;

    private RequestFields(ObjectNode body) {
        this.body = body;
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
            return new RequestFields(object);
        }
        throw OpenAiException.invalid("invalid_json", null, "The body must be a JSON object.");
    }

    static RequestFields of(ObjectNode object) {
        return new RequestFields(object);
    }

    Optional<JsonNode> find(String name) {
        JsonNode value = body.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    String requiredText(String name) {
        JsonNode value = find(name)
                .orElseThrow(() -> OpenAiException.invalid(
                        "missing_required_parameter", name, "You must provide '" + name + "'."));
        if (!value.isString() || value.asString().isBlank()) {
            throw wrong(name, value, "a non-empty string");
        }
        return value.asString();
    }

    boolean flag(String name) {
        return find(name)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw wrong(name, value, "true or false");
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
            throw wrong(name, value, "an integer between " + low + " and " + high);
        }
        return value.asInt();
    }

    @Nullable Long longInteger(String name) {
        JsonNode value = find(name).orElse(null);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(name, value, "a 64-bit integer");
        }
        return value.asLong();
    }

    @Nullable Double decimal(String name, double low, double high) {
        JsonNode value = find(name).orElse(null);
        if (value == null) {
            return null;
        }
        if (!value.isNumber() || value.asDouble() < low || value.asDouble() > high) {
            throw wrong(name, value, "a number between " + low + " and " + high);
        }
        return value.asDouble();
    }

    /** Above 0, at most 1. */
    @Nullable Double share(String name) {
        Double value = decimal(name, 0, 1);
        if (value != null && value == 0) {
            throw wrong(name, body.path(name), "a number above 0 and at most 1");
        }
        return value;
    }

    static OpenAiException wrong(String name, JsonNode value, String rule) {
        String shown = value.toString();
        return OpenAiException.invalid(
                "invalid_value",
                name,
                "Invalid '" + name + "': " + (shown.length() > 80 ? shown.substring(0, 80) + "…" : shown)
                        + "; it must be " + rule + ".");
    }
}
