package dev.paddock.llama.constraint.schema;

import dev.paddock.llama.constraint.grammar.Term;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Values that a schema lists, written compactly. */
final class Constants {
    private static final int MOST = 2_000;

    private Constants() {}

    static List<JsonNode> values(Keywords keywords) {
        JsonNode values = keywords.get("enum");
        if (!values.isArray() || values.size() > MOST) {
            throw keywords.wrong("enum", "a list of at most " + MOST + " values is needed");
        }
        List<JsonNode> list = new ArrayList<>();
        values.forEach(list::add);
        return list;
    }

    /** Those of the values that have the schema's type. */
    static Term read(SchemaReader reader, Keywords keywords, List<JsonNode> values, String name) {
        JsonNode type = keywords.get("type");
        List<String> texts = values.stream()
                .filter(value -> type.isMissingNode()
                        || (type.isString()
                                ? isOf(type, value)
                                : type.valueStream().anyMatch(one -> isOf(one, value))))
                .map(JsonNode::toString)
                .toList();
        return texts.isEmpty()
                ? reader.nothing(keywords.at(name), "no value is of the type " + type)
                : Term.choice(Term.texts(texts).stream()
                        .map(part -> reader.counted(part, keywords.at(name)))
                        .toList());
    }

    private static boolean isOf(JsonNode type, JsonNode value) {
        return switch (type.asString("")) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" ->
                value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }
}
