package dev.paddock.contracts.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a generated text must be, whatever the model would rather say: exactly one of the three.
 *
 * @param schema JSON Schema (2020-12): the text is JSON that it allows
 * @param regex ECMAScript's notation: the text matches it as a whole
 * @param choice the text is one of these, 1 to 1,000
 */
public record TextConstraint(
        @Nullable JsonNode schema,
        @Nullable String regex,
        @Nullable List<String> choice) {
    public TextConstraint {
        schema = schema == null || schema.isNull() ? null : schema;
    }

    public static TextConstraint ofSchema(JsonNode schema) {
        return new TextConstraint(schema, null, null);
    }

    public static TextConstraint ofRegex(String regex) {
        return new TextConstraint(null, regex, null);
    }

    public static TextConstraint ofChoice(List<String> choice) {
        return new TextConstraint(null, null, choice);
    }
}
