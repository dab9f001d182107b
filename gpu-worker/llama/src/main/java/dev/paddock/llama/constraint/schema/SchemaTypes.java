package dev.paddock.llama.constraint.schema;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The types of values that a schema is for. */
final class SchemaTypes {
    private static final List<String> TYPES =
            List.of("object", "array", "string", "integer", "number", "boolean", "null");

    private SchemaTypes() {}

    /** The types that a schema names, or that its keywords are for. */
    static List<String> of(Keywords keywords) {
        JsonNode type = keywords.get("type");
        if (type.isMissingNode()) {
            return implied(keywords);
        }
        List<String> types = type.isString() ? List.of(type.asString()) : keywords.texts("type");
        if (types.isEmpty() || !TYPES.containsAll(types)) {
            throw keywords.wrong("type", type + " is unknown; there are " + String.join(", ", TYPES));
        }
        return types;
    }

    private static List<String> implied(Keywords keywords) {
        if (keywords.hasAny("properties", "required", "additionalProperties", "minProperties", "maxProperties")) {
            return List.of("object");
        }
        if (keywords.hasAny("items", "prefixItems", "minItems", "maxItems", "uniqueItems")) {
            return List.of("array");
        }
        if (keywords.hasAny("minLength", "maxLength", "pattern", "format")) {
            return List.of("string");
        }
        if (keywords.hasAny("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")) {
            return List.of("number");
        }
        return List.of("any");
    }
}
