package dev.paddock.catalogue;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The documentation page of a catalogue, in Markdown, made of nothing but the entries themselves. */
public final class CataloguePage {
    private CataloguePage() {}

    /** The page; the same entries give the same text. */
    public static String of(Catalogue<?> catalogue) {
        String title = catalogue.kind().substring(0, 1).toUpperCase(Locale.ROOT)
                + catalogue.kind().substring(1) + "s";
        return catalogue.items().stream()
                .map(CataloguePage::section)
                .collect(joining(
                        "\n", "# " + title + "\n\nGenerated from the entries themselves; do not edit.\n\n", ""));
    }

    private static String section(Item<?> item) {
        return "## %s\n\n%s\n\nFamily: %s. Paper: %s.\n\n%s| parameter | type | default | rule | what it does |\n|---|---|---|---|---|\n%s"
                .formatted(
                        item.id(),
                        item.summary(),
                        item.family(),
                        item.paper(),
                        item.example() == null ? "" : "An example order:\n\n```json\n" + item.example() + "\n```\n\n",
                        item.parameters().schema().json().path("properties").properties().stream()
                                .map(property -> row(property.getKey(), property.getValue()))
                                .collect(joining()));
    }

    private static String row(String name, JsonNode schema) {
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        name,
                        type(schema),
                        schema.has("default") ? "`" + schema.path("default") + "`" : "required",
                        rule(schema),
                        schema.path("description").asString(""));
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (NullableProperty.is(schema)) {
            return type(NullableProperty.value(schema)) + " or null";
        }
        return type.isArray() ? type.valueStream().map(JsonNode::asString).collect(joining(" or ")) : type.asString("");
    }

    private static String rule(JsonNode property) {
        JsonNode schema = NullableProperty.value(property);
        JsonNode choices =
                schema.has("enum") ? schema.path("enum") : schema.path("items").path("enum");
        if (choices.isArray()) {
            return choices.valueStream().map(JsonNode::asString).collect(joining(", "));
        }
        String low = bound(schema, "minimum", "from ", "exclusiveMinimum", "above ");
        String high = bound(schema, "maximum", "to ", "exclusiveMaximum", "below ");
        return (low + " " + high).trim();
    }

    private static String bound(JsonNode schema, String closed, String closedWord, String open, String openWord) {
        if (schema.has(closed)) {
            return closedWord + schema.path(closed);
        }
        return schema.has(open) ? openWord + schema.path(open) : "";
    }
}
