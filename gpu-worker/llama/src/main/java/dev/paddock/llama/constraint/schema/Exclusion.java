package dev.paddock.llama.constraint.schema;

import dev.paddock.llama.constraint.ConstraintException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether no value fits two schemas of a {@code oneOf}, as far as can be seen: by their types, or by a member that tells them apart. */
final class Exclusion {
    private Exclusion() {}

    static void require(JsonNode root, Keywords keywords) {
        JsonNode schemas = keywords.get("oneOf");
        for (int i = 0; i < schemas.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (!apart(resolved(root, schemas.get(j)), resolved(root, schemas.get(i)))) {
                    throw new ConstraintException(
                            keywords.at("oneOf") + "/" + i,
                            "it may overlap with oneOf/" + j + "; give them different types or a required member whose"
                                    + " 'const' differs, or use anyOf");
                }
            }
        }
    }

    private static JsonNode resolved(JsonNode root, JsonNode schema) {
        String target = schema.path("$ref").asString("");
        return target.equals("#") || target.startsWith("#/") ? root.at(target.substring(1)) : schema;
    }

    private static boolean apart(JsonNode first, JsonNode second) {
        String one = first.path("type").asString("");
        String other = second.path("type").asString("");
        boolean numbers = (one + other).matches("(integer|number){2}");
        if (!one.isEmpty() && !other.isEmpty() && !one.equals(other) && !numbers) {
            return true;
        }
        return one.equals("object") && other.equals("object") && toldApart(first, second);
    }

    private static boolean toldApart(JsonNode first, JsonNode second) {
        for (JsonNode name : first.path("required")) {
            Set<JsonNode> one = values(first, name.asString(""));
            Set<JsonNode> other = values(second, name.asString(""));
            boolean required = second.path("required").valueStream().anyMatch(name::equals);
            if (required && one != null && other != null && other.stream().noneMatch(one::contains)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Set<JsonNode> values(JsonNode schema, String member) {
        JsonNode described = schema.path("properties").path(member);
        Set<JsonNode> values = new HashSet<>();
        if (described.has("const")) {
            values.add(described.path("const"));
        }
        described.path("enum").forEach(values::add);
        return values.isEmpty() ? null : values;
    }
}
