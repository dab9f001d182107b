package dev.paddock.llama.constraint.schema;

import dev.paddock.llama.constraint.grammar.ByteAutomaton;
import dev.paddock.llama.constraint.grammar.Term;
import dev.paddock.llama.constraint.regex.CodePoints;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.StringNode;

/** Objects: the members that the schema names in its order, then others where it says that there may be some. */
final class ObjectSchema {
    private static final int MOST_MEMBERS = 1_000;
    /** Behind a comma each takes two ways of reading, with a gap and without, of those that a grammar follows. */
    private static final int MOST_OPTIONAL = 120;

    private final SchemaReader reader;
    private final Keywords keywords;
    private final List<String> names;
    private final Set<String> required;

    ObjectSchema(SchemaReader reader, Keywords keywords) {
        this.reader = reader;
        this.keywords = keywords;
        this.required = new HashSet<>(keywords.texts("required"));
        JsonNode properties = keywords.get("properties");
        if (!properties.isMissingNode() && !properties.isObject()) {
            throw keywords.wrong("properties", "an object of schemas is needed");
        }
        Set<String> all = new LinkedHashSet<>(properties.propertyNames());
        all.addAll(keywords.texts("required"));
        this.names = List.copyOf(all);
        if (names.size() > MOST_MEMBERS) {
            throw keywords.wrong("properties", "more than " + MOST_MEMBERS + " members are not supported");
        }
        checkOptional();
    }

    /** Each optional member in a row is one that may come next, all of which are followed. */
    private void checkOptional() {
        int row = 0;
        for (String name : names) {
            row = required.contains(name) ? 0 : row + 1;
            if (row > MOST_OPTIONAL) {
                throw keywords.wrong(
                        "properties",
                        "more than %d optional members in a row are not supported; require some"
                                .formatted(MOST_OPTIONAL));
            }
        }
    }

    Term term() {
        JsonNode others = keywords.get("additionalProperties");
        boolean open = others.isObject() || (others.isBoolean() && others.booleanValue());
        checkCounts(open);
        if (names.isEmpty() && others.isMissingNode()) {
            open = !keywords.has("properties");
        }
        Term other = open ? other(others) : Term.choice(List.of());
        return Lists.enclosed("{", members(other, open), "}");
    }

    /** The members from the last to the first, each time for a member before it and for none. */
    private Term members(Term other, boolean open) {
        int most = keywords.count("maxProperties", Integer.MAX_VALUE);
        int least = names.isEmpty() ? keywords.count("minProperties", 0) : 0;
        Term first = open ? Lists.separated(other, least, names.isEmpty() ? most : Integer.MAX_VALUE) : Term.sequence();
        Term later = Term.sequence(
                open ? Term.repeat(Lists.followed(other), 0, Integer.MAX_VALUE) : Term.sequence(), JsonText.gap());
        for (int i = names.size() - 1; i >= 0; i--) {
            String name = names.get(i);
            Term pair = AnyJson.pair(Term.literal(written(name)), value(name));
            Term begun = Term.sequence(pair, later);
            Term gone = Term.sequence(Lists.followed(pair), later);
            boolean needed = required.contains(name);
            first = needed ? begun : Term.choice(List.of(begun, first));
            later = needed ? gone : Term.choice(List.of(gone, later));
        }
        return first;
    }

    private Term value(String name) {
        JsonNode described = keywords.get("properties").path(name);
        if (!described.isMissingNode()) {
            return reader.value(described, new Keywords(described, keywords.at("properties")).at(name));
        }
        JsonNode others = keywords.get("additionalProperties");
        JsonNode schema = others.isMissingNode() ? BooleanNode.TRUE : others;
        if (schema.isBoolean() && !schema.booleanValue()) {
            return reader.nothing(keywords.at("required"), "'" + name + "' is required and not among the properties");
        }
        return reader.value(schema, keywords.at("additionalProperties"));
    }

    /** A member whose name is none of those that the schema names; its name is written in one way only. */
    private Term other(JsonNode schema) {
        Term value = schema.isObject()
                ? reader.value(schema, keywords.at("additionalProperties"))
                : reader.any().value();
        List<Automaton> taken = new ArrayList<>();
        names.forEach(name -> taken.add(Automata.makeString(name)));
        Automaton any = Operations.repeat(CodePoints.any());
        Automaton free = names.isEmpty() ? any : Operations.minus(any, Operations.union(taken), ByteAutomaton.EFFORT);
        return AnyJson.pair(JsonText.string(free), value);
    }

    private static String written(String name) {
        return StringNode.valueOf(name).toString();
    }

    /** Counts of members are kept where they say nothing, or where all members are alike. */
    private void checkCounts(boolean open) {
        int least = keywords.count("minProperties", 0);
        int most = keywords.count("maxProperties", Integer.MAX_VALUE);
        if (least > most) {
            throw keywords.wrong("minProperties", least + " is above maxProperties, which is " + most);
        }
        boolean fewest = least <= required.size() || (names.isEmpty() && least <= 1);
        boolean fits = most == Integer.MAX_VALUE || names.isEmpty() || (!open && names.size() <= most);
        if (!fewest || !fits) {
            throw keywords.wrong(
                    fewest ? "maxProperties" : "minProperties",
                    "counting the members is not supported here; name them");
        }
    }
}
