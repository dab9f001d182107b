package dev.paddock.llama.constraint.schema;

import dev.paddock.llama.constraint.ConstraintException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One schema's keywords with their place (a JSON pointer as a fragment), each of the kind that it must be.
 *
 * @param place such as {@code #/properties/age}
 */
record Keywords(JsonNode schema, String place) {
    private static final Set<String> ANNOTATIONS = Set.of(
            "$schema",
            "$id",
            "$comment",
            "$defs",
            "definitions",
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "discriminator");
    private static final Set<String> SUPPORTED = Set.of(
            "$ref",
            "anyOf",
            "oneOf",
            "allOf",
            "enum",
            "const",
            "type",
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minLength",
            "maxLength",
            "pattern",
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf");
    private static final int MOST = 100_000;

    /** Refuses what is not supported: nothing that shapes the answer is passed over. */
    void check() {
        for (String name : schema.propertyNames()) {
            if (!ANNOTATIONS.contains(name) && !SUPPORTED.contains(name) && !name.startsWith("x-")) {
                throw wrong(name, "the keyword is not supported; leave it out");
            }
        }
    }

    /** Refuses other keywords than some beside those that say everything. */
    void alone(String name, Set<String> allowed) {
        for (String other : schema.propertyNames()) {
            if (SUPPORTED.contains(other) && !other.equals(name) && !allowed.contains(other)) {
                throw wrong(other, "the keyword is not supported beside '" + name + "'");
            }
        }
    }

    boolean has(String name) {
        return schema.has(name);
    }

    boolean hasAny(String... names) {
        return List.of(names).stream().anyMatch(schema::has);
    }

    JsonNode get(String name) {
        return schema.path(name);
    }

    String at(String name) {
        return place + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** A count, 0 or more. */
    int count(String name, int otherwise) {
        JsonNode value = schema.path(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isNumber() || value.decimalValue().stripTrailingZeros().scale() > 0 || value.doubleValue() < 0) {
            throw wrong(name, value + " is no count; it must be an integer, 0 or more");
        }
        if (value.doubleValue() > MOST) {
            throw wrong(name, value + " is too large; at most " + MOST + " is supported");
        }
        return value.decimalValue().intValue();
    }

    @Nullable BigDecimal number(String name) {
        JsonNode value = schema.path(name);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isNumber()
                || value.decimalValue().precision() > 30
                || Math.abs(value.decimalValue().scale()) > 30) {
            throw wrong(name, value + " is not supported; it must be a number of at most 30 digits");
        }
        return value.decimalValue();
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        JsonNode value = schema.path(name);
        value.forEach(item -> texts.add(item.asString("")));
        if (!value.isMissingNode() && !(value.isArray() && value.valueStream().allMatch(JsonNode::isString))) {
            throw wrong(name, value + " is no list of texts");
        }
        return texts;
    }

    @Nullable String text(String name) {
        JsonNode value = schema.path(name);
        if (!value.isMissingNode() && !value.isString()) {
            throw wrong(name, value + " is no text");
        }
        return value.isMissingNode() ? null : value.asString();
    }

    ConstraintException wrong(String name, String reason) {
        return new ConstraintException(at(name), reason);
    }
}
