package dev.paddock.contracts.event;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema (draft 2020-12) of a record of this module. */
final class RecordSchema {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<Class<?>, String> FORMATS = Map.of(UUID.class, "uuid", Instant.class, "date-time");
    private static final Map<Class<?>, String> TYPES = Map.of(
            String.class,
            "string",
            UUID.class,
            "string",
            Instant.class,
            "string",
            int.class,
            "integer",
            long.class,
            "integer",
            double.class,
            "number",
            boolean.class,
            "boolean",
            Boolean.class,
            "boolean");

    private RecordSchema() {}

    static ObjectNode of(Class<?> record) {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", record.getSimpleName());
        schema.setAll(object(record));
        return schema;
    }

    private static ObjectNode object(Class<?> record) {
        ObjectNode schema = JSON.createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (RecordComponent component : record.getRecordComponents()) {
            properties.set(component.getName(), type(component.getGenericType()));
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(component.getName());
            }
        }
        return schema;
    }

    private static ObjectNode type(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            ObjectNode schema = JSON.createObjectNode().put("type", "array");
            schema.set("items", type(list.getActualTypeArguments()[0]));
            return schema;
        }
        Class<?> plain = (Class<?>) type;
        if (plain == JsonNode.class) {
            return JSON.createObjectNode();
        }
        if (plain.isRecord()) {
            return object(plain);
        }
        String name = TYPES.get(plain);
        if (name == null) {
            throw new IllegalArgumentException("no JSON Schema for " + plain);
        }
        ObjectNode schema = JSON.createObjectNode().put("type", name);
        if (FORMATS.containsKey(plain)) {
            schema.put("format", FORMATS.get(plain));
        }
        return schema;
    }
}
