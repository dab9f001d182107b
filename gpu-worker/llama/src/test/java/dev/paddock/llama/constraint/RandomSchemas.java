package dev.paddock.llama.constraint;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Random schemas of everything that is supported. Some allow nothing. */
final class RandomSchemas {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String[] NAMES = {"a", "b", "name", "größe", "x\"y", "back\\slash", "line\nend", "漢字", "type"};
    private static final String[] PATTERNS = {
        "^[a-z]{2,5}$", "ab+", "^(x|yy)*$", "^\\d{3}-\\d{4}$", "[^a-c]$", "^\"q\"$", "^.{1,3}$", "\\s", "^é+|漢$"
    };
    private static final String[] FORMATS = {"date", "date-time", "uuid", "email", "ipv4", "time", "hostname"};

    private final Random random;

    RandomSchemas(long seed) {
        this.random = new Random(seed);
    }

    ObjectNode next() {
        ObjectNode root = (ObjectNode) object(3);
        ObjectNode definitions = root.putObject("$defs");
        definitions.set("tree", tree());
        definitions.set("plain", schema(0));
        return root;
    }

    private ObjectNode tree() {
        ObjectNode tree = JSON.createObjectNode().put("type", "object");
        tree.putArray("required").add("value");
        ObjectNode members = tree.putObject("properties");
        members.set("value", schema(0));
        ObjectNode children = members.putObject("children").put("type", "array");
        children.putObject("items").put("$ref", "#/$defs/tree");
        return tree.put("additionalProperties", false);
    }

    private JsonNode schema(int depth) {
        int kind = random.nextInt(depth > 0 ? 12 : 7);
        return switch (kind) {
            case 0 -> strings();
            case 1 -> numbers("integer");
            case 2 -> numbers("number");
            case 3 -> JSON.createObjectNode().put("type", "boolean");
            case 4 -> constants();
            case 5 -> types();
            case 6 -> strings();
            case 7 -> array(depth);
            case 8 -> anyOf(depth);
            case 9 -> JSON.createObjectNode().put("$ref", random.nextBoolean() ? "#/$defs/tree" : "#/$defs/plain");
            case 10 -> tuple(depth);
            default -> object(depth);
        };
    }

    private JsonNode strings() {
        ObjectNode schema = JSON.createObjectNode().put("type", "string");
        int kind = random.nextInt(4);
        if (kind == 1) {
            return schema.put("pattern", PATTERNS[random.nextInt(PATTERNS.length)]);
        }
        if (kind == 2) {
            return schema.put("format", FORMATS[random.nextInt(FORMATS.length)]);
        }
        if (kind == 3) {
            int least = random.nextInt(5);
            schema.put("minLength", least).put("maxLength", least + random.nextInt(30));
            return random.nextBoolean() ? schema : schema.put("pattern", "^[^0-9]*$");
        }
        return schema;
    }

    private JsonNode numbers(String type) {
        ObjectNode schema = JSON.createObjectNode().put("type", type);
        double low =
                type.equals("integer") ? random.nextInt(400) - 200 : Math.round(random.nextGaussian() * 1000) / 100.0;
        if (random.nextInt(3) > 0) {
            number(schema, random.nextBoolean() ? "minimum" : "exclusiveMinimum", low, type);
        }
        if (random.nextInt(3) > 0) {
            number(schema, random.nextBoolean() ? "maximum" : "exclusiveMaximum", low + random.nextInt(500), type);
        }
        return random.nextInt(5) > 0 ? schema : schema.put("multipleOf", 1 + random.nextInt(20));
    }

    private static void number(ObjectNode schema, String name, double value, String type) {
        if (type.equals("integer")) {
            schema.put(name, (long) value);
        } else {
            schema.put(name, BigDecimal.valueOf(Math.round(value * 100), 2));
        }
    }

    private JsonNode constants() {
        ArrayNode values = JSON.createArrayNode()
                .add("red")
                .add(3)
                .add(-0.5)
                .add(true)
                .addNull()
                .add("é\"\\");
        values.addObject().put("k", 1).putArray("l").add(2);
        ObjectNode schema = JSON.createObjectNode();
        if (random.nextBoolean()) {
            schema.set("const", values.get(random.nextInt(values.size())));
        } else {
            schema.set("enum", values);
        }
        return schema;
    }

    private JsonNode types() {
        ObjectNode schema = JSON.createObjectNode();
        schema.putArray("type")
                .add("null")
                .add(random.nextBoolean() ? "string" : "integer")
                .add("boolean");
        return schema;
    }

    private JsonNode array(int depth) {
        ObjectNode schema = JSON.createObjectNode().put("type", "array");
        schema.set("items", schema(depth - 1));
        int least = random.nextInt(4);
        if (random.nextBoolean()) {
            schema.put("minItems", least);
        }
        return random.nextBoolean()
                ? schema
                : schema.put("maxItems", least + random.nextInt(4) - 1 + (least == 0 ? 1 : 0));
    }

    private JsonNode tuple(int depth) {
        ObjectNode schema = JSON.createObjectNode().put("type", "array");
        schema.putArray("prefixItems").add(schema(depth - 1)).add(schema(depth - 1));
        if (random.nextBoolean()) {
            schema.set("items", schema(0));
        }
        return random.nextBoolean() ? schema : schema.put("minItems", random.nextInt(4));
    }

    private JsonNode anyOf(int depth) {
        ObjectNode schema = JSON.createObjectNode();
        schema.putArray("anyOf").add(schema(depth - 1)).add(schema(depth - 1)).add(schema(depth - 1));
        return schema;
    }

    private JsonNode object(int depth) {
        ObjectNode schema = JSON.createObjectNode().put("type", "object");
        ObjectNode members = schema.putObject("properties");
        List<String> names = new ArrayList<>(List.of(NAMES));
        Collections.shuffle(names, random);
        ArrayNode required = schema.putArray("required");
        for (String name : names.subList(0, random.nextInt(5))) {
            members.set(name, schema(depth - 1));
            if (random.nextBoolean()) {
                required.add(name);
            }
        }
        int kind = random.nextInt(4);
        if (kind == 0) {
            return schema.put("additionalProperties", false);
        }
        if (kind == 1) {
            schema.set("additionalProperties", schema(0));
        }
        return kind == 2 ? schema.put("additionalProperties", true) : schema;
    }
}
