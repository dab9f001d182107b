package dev.paddock.llama.constraint.schema;

import dev.paddock.llama.constraint.ConstraintException;
import dev.paddock.llama.constraint.grammar.Grammar;
import dev.paddock.llama.constraint.grammar.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a JSON Schema as a grammar of compact or lightly indented JSON. Members of objects come in the schema's order. Where a schema
 * leaves members or items open, none are made up: the texts are some of those that the schema allows.
 */
public final class SchemaReader {
    private static final int DEEPEST = 100;
    private static final int MOST_STATES = 60_000;
    /** Options side by side: a few less than a {@link Grammar} follows, so that none is lost. */
    private static final int MOST_WAYS = 250;

    private final JsonNode root;
    private final Map<String, Term.Rule> references = new HashMap<>();
    private final AnyJson any = new AnyJson();
    private @Nullable ConstraintException contradiction;
    private int depth;
    private int states;

    private SchemaReader(JsonNode root) {
        this.root = root;
    }

    /**
     * The texts that a schema allows.
     *
     * @throws ConstraintException naming the place where the schema allows nothing, or asks for what is not supported
     */
    public static Term read(JsonNode schema) {
        SchemaReader reader = new SchemaReader(schema);
        Term language = reader.value(schema, "#");
        if (new Grammar(language).start().dead()) {
            throw reader.contradiction != null
                    ? reader.contradiction
                    : new ConstraintException("#", "the schema refers to itself without an end; allow another value");
        }
        return language;
    }

    /** Any JSON object. */
    public static Term anyObject() {
        return new AnyJson().object();
    }

    Term value(JsonNode schema, String place) {
        if (schema.isBoolean()) {
            return schema.booleanValue() ? any.value() : nothing(place, "false allows no value");
        }
        if (!schema.isObject()) {
            throw new ConstraintException(place, "a schema is an object or a boolean, not " + schema.getNodeType());
        }
        if (++depth > DEEPEST) {
            throw new ConstraintException(place, "the schema is nested more than " + DEEPEST + " deep");
        }
        Keywords keywords = new Keywords(schema, place);
        keywords.check();
        Term term = described(keywords);
        depth--;
        return term;
    }

    AnyJson any() {
        return any;
    }

    /** Counts a part's states, of which a schema may take so many. */
    Term counted(Term part, String place) {
        states += part.states();
        if (states > MOST_STATES) {
            throw new ConstraintException(
                    place, "up to here the schema takes more than " + MOST_STATES + " states; make it smaller");
        }
        return part;
    }

    /** Remembers the first contradiction, which is told where all is lost because of it. */
    Term nothing(String place, String reason) {
        if (contradiction == null) {
            contradiction = new ConstraintException(place, reason);
        }
        return Term.choice(List.of());
    }

    private Term described(Keywords keywords) {
        if (keywords.has("$ref")) {
            keywords.alone("$ref", Set.of());
            return reference(keywords);
        }
        if (keywords.has("anyOf") || keywords.has("oneOf")) {
            return options(keywords, keywords.has("anyOf") ? "anyOf" : "oneOf");
        }
        if (keywords.has("allOf")) {
            keywords.alone("allOf", Set.of());
            if (!keywords.get("allOf").isArray() || keywords.get("allOf").size() != 1) {
                throw keywords.wrong(
                        "allOf",
                        "a list of one schema is needed; several at once are not supported, so write them as one");
            }
            return value(keywords.get("allOf").get(0), keywords.at("allOf") + "/0");
        }
        if (keywords.has("const")) {
            keywords.alone("const", Set.of("type"));
            return Constants.read(this, keywords, List.of(keywords.get("const")), "const");
        }
        if (keywords.has("enum")) {
            keywords.alone("enum", Set.of("type"));
            return Constants.read(this, keywords, Constants.values(keywords), "enum");
        }
        return typed(keywords);
    }

    private Term reference(Keywords keywords) {
        String target = String.valueOf(keywords.text("$ref"));
        if (!target.equals("#") && !target.startsWith("#/")) {
            throw keywords.wrong(
                    "$ref", target + " is not supported; refer to a place in the schema, such as #/$defs/x");
        }
        Term.Rule known = references.get(target);
        if (known != null) {
            return known;
        }
        JsonNode schema = root.at(target.substring(1));
        if (schema.isMissingNode()) {
            throw keywords.wrong("$ref", "the schema has no " + target);
        }
        Term.Rule rule = new Term.Rule();
        references.put(target, rule);
        rule.define(value(schema, target));
        return rule;
    }

    private Term options(Keywords keywords, String name) {
        keywords.alone(name, Set.of());
        JsonNode schemas = keywords.get(name);
        if (!schemas.isArray() || schemas.isEmpty()) {
            throw keywords.wrong(name, "a list of one schema or more is needed");
        }
        if (schemas.size() > MOST_WAYS) {
            throw keywords.wrong(
                    name,
                    "%d options are too many; at most %d are supported, so use 'enum' for constants"
                            .formatted(schemas.size(), MOST_WAYS));
        }
        if (name.equals("oneOf")) {
            Exclusion.require(root, keywords);
        }
        List<Term> options = new ArrayList<>();
        for (int i = 0; i < schemas.size(); i++) {
            options.add(value(schemas.get(i), keywords.at(name) + "/" + i));
        }
        return Term.choice(options);
    }

    private Term typed(Keywords keywords) {
        List<Term> options = new ArrayList<>();
        List<String> types = SchemaTypes.of(keywords);
        for (String type : types) {
            if (!(type.equals("integer") && types.contains("number"))) {
                options.add(ofType(type, keywords));
            }
        }
        return Term.choice(options);
    }

    private Term ofType(String type, Keywords keywords) {
        return switch (type) {
            case "object" -> new ObjectSchema(this, keywords).term();
            case "array" -> new ArraySchema(this, keywords).term();
            case "string" -> counted(Strings.read(this, keywords), keywords.place());
            case "integer" -> counted(NumberSchemas.read(this, keywords, true), keywords.place());
            case "number" -> counted(NumberSchemas.read(this, keywords, false), keywords.place());
            case "boolean" -> Term.choice(List.of(Term.literal("true"), Term.literal("false")));
            case "null" -> Term.literal("null");
            default -> any.value();
        };
    }
}
