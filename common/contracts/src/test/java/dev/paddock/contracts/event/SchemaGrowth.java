package dev.paddock.contracts.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What a new schema takes away from a published one: consumers of the old one would break. */
final class SchemaGrowth {
    private SchemaGrowth() {}

    /** Returns a line for each field lost, retyped, made optional or newly required. */
    static List<String> losses(String at, JsonNode published, JsonNode current) {
        List<String> losses = new ArrayList<>();
        if (!Objects.equals(published.get("type"), current.get("type"))
                || !Objects.equals(published.get("format"), current.get("format"))) {
            losses.add(at + " was " + published.get("type") + ", is " + current.get("type"));
        }
        for (Map.Entry<String, JsonNode> field : published.path("properties").properties()) {
            JsonNode now = current.path("properties").get(field.getKey());
            if (now == null) {
                losses.add(at + "." + field.getKey() + " is lost");
            } else {
                losses.addAll(losses(at + "." + field.getKey(), field.getValue(), now));
            }
        }
        if (published.has("items")) {
            losses.addAll(losses(at + "[]", published.get("items"), current.path("items")));
        }
        List<String> before = names(published.path("required"));
        List<String> after = names(current.path("required"));
        before.stream().filter(n -> !after.contains(n)).forEach(n -> losses.add(at + "." + n + " may now be missing"));
        after.stream()
                .filter(n -> !before.contains(n) && published.has("required"))
                .forEach(n -> losses.add(at + "." + n + " is newly required: events already written lack it"));
        return losses;
    }

    private static List<String> names(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }
}
