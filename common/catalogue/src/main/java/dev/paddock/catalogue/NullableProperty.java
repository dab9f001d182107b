package dev.paddock.catalogue;

import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A bounded property that may be null: {@code {"anyOf":[{"type":"null"},{"type":"integer","minimum":1}]}}. Bounds beside
 * {@code "type":["integer","null"]} would say the same, but validators disagree whether they hold for null.
 */
public final class NullableProperty {
    private static final String NULL_BRANCH = "/anyOf/0/";

    private NullableProperty() {}

    /** The property with its bounds beside the one type that they bound; one without bounds stays as it is. */
    static ObjectNode write(ObjectNode property) {
        Optional<JsonNode> type = property.path("type")
                .valueStream()
                .filter(one -> !one.asString("").equals("null"))
                .findFirst();
        boolean bounded = property.propertyNames().stream()
                .anyMatch(keyword -> Stream.of("type", "description", "default").noneMatch(keyword::equals));
        if (type.isEmpty() || !bounded) {
            return property;
        }
        ObjectNode value = property.deepCopy();
        value.remove("description");
        value.set("type", type.get());
        ObjectNode written = property.objectNode();
        written.putArray("anyOf").add(property.objectNode().put("type", "null")).add(value);
        Optional.ofNullable(property.get("description")).ifPresent(text -> written.set("description", text));
        return written;
    }

    /** Whether the property has this form. */
    public static boolean is(JsonNode property) {
        return property.path("anyOf").path(0).path("type").asString("").equals("null");
    }

    /** The schema of a value that is not null; the property itself where null is no value of it. */
    public static JsonNode value(JsonNode property) {
        return is(property) ? property.path("anyOf").path(1) : property;
    }

    /** Whether an error says no more than that a value is not null. */
    static boolean isNullBranch(String evaluationPath) {
        return evaluationPath.contains(NULL_BRANCH);
    }
}
