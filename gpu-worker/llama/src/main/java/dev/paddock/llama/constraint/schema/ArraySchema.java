package dev.paddock.llama.constraint.schema;

import dev.paddock.llama.constraint.grammar.Term;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Arrays: first the items that the schema names one by one, then those that are alike. */
final class ArraySchema {
    private final SchemaReader reader;
    private final Keywords keywords;
    private final int least;
    private final int most;

    ArraySchema(SchemaReader reader, Keywords keywords) {
        this.reader = reader;
        this.keywords = keywords;
        this.least = keywords.count("minItems", 0);
        this.most = keywords.count("maxItems", Integer.MAX_VALUE);
    }

    Term term() {
        JsonNode unique = keywords.get("uniqueItems");
        if (unique.isBoolean() && unique.booleanValue()) {
            throw keywords.wrong("uniqueItems", "different items are not supported; leave it out");
        }
        if (least > most) {
            return reader.nothing(keywords.at("minItems"), least + " is above maxItems, which is " + most);
        }
        JsonNode named = keywords.get("prefixItems");
        if (!named.isMissingNode() && !named.isArray()) {
            throw keywords.wrong("prefixItems", "a list of schemas is needed");
        }
        return Lists.enclosed("[", named.isEmpty() ? alike() : named(named), "]");
    }

    private Term alike() {
        return Lists.separated(item(), least, most);
    }

    /** Items that the schema names; others only where it says what they are, or too few are named. */
    private Term named(JsonNode schemas) {
        int count = Math.min(schemas.size(), most);
        boolean more = keywords.get("items").isObject() || least > count;
        int room = most == Integer.MAX_VALUE ? most : most - count;
        Term rest = Term.sequence(
                more ? Term.repeat(Lists.followed(item()), Math.max(0, least - count), room) : Term.sequence(),
                JsonText.gap());
        for (int i = count - 1; i >= 0; i--) {
            Term item = reader.value(schemas.get(i), keywords.at("prefixItems") + "/" + i);
            Term there = Term.sequence(i == 0 ? item : Lists.followed(item), rest);
            Term absent = i == 0 ? Term.sequence() : JsonText.gap();
            rest = i < least ? there : Term.choice(List.of(absent, there));
        }
        return rest;
    }

    private Term item() {
        JsonNode items = keywords.get("items");
        if (items.isMissingNode()) {
            return reader.any().value();
        }
        if (items.isBoolean() && !items.booleanValue() && least == 0) {
            return Term.choice(List.of());
        }
        return reader.value(items, keywords.at("items"));
    }
}
