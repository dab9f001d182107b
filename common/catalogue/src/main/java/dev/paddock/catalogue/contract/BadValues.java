package dev.paddock.catalogue.contract;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values that a property's own schema forbids, made from it. */
final class BadValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private BadValues() {}

    static List<JsonNode> of(JsonNode schema) {
        List<JsonNode> bad = new ArrayList<>();
        bad.add(JSON.objectNode().put("unexpected", true));
        if (schema.has("minimum")) {
            bad.add(JSON.numberNode(schema.get("minimum").asDecimal().subtract(java.math.BigDecimal.ONE)));
        }
        if (schema.has("maximum")) {
            bad.add(JSON.numberNode(schema.get("maximum").asDecimal().add(java.math.BigDecimal.ONE)));
        }
        if (schema.has("exclusiveMinimum")) {
            bad.add(schema.get("exclusiveMinimum"));
        }
        if (schema.has("exclusiveMaximum")) {
            bad.add(schema.get("exclusiveMaximum"));
        }
        if (schema.has("enum")) {
            bad.add(JSON.stringNode("no such value"));
        }
        if (schema.path("minItems").asInt(0) > 0) {
            bad.add(JSON.arrayNode());
        }
        JsonNode values = schema.path("additionalProperties");
        if (values.isObject()) {
            of(values).forEach(value -> bad.add(JSON.objectNode().set("key", value)));
        }
        if (schema.has("maxProperties")) {
            ObjectNode many = JSON.objectNode();
            for (int i = 0; i <= schema.get("maxProperties").asInt(); i++) {
                many.put("key" + i, 1);
            }
            bad.add(many);
        }
        return bad;
    }
}
