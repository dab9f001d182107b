package dev.paddock.catalogue;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The published parameter schema of an entry. It checks an order's parameters without the entry's class, so a service
 * can refuse an order for a method that only a worker has.
 */
public final class ParameterSchema {
    private final ObjectNode json;
    private final Schema schema;

    private ParameterSchema(ObjectNode json, Schema schema) {
        this.json = json;
        this.schema = schema;
    }

    /**
     * Reads a published schema.
     *
     * @param json a JSON Schema (draft 2020-12) of type object that names its properties
     * @throws IllegalArgumentException if it is something else
     */
    public static ParameterSchema of(JsonNode json) {
        if (!(json instanceof ObjectNode object)
                || !json.path("type").asString("").equals("object")) {
            throw new IllegalArgumentException("A parameter schema must be a JSON Schema of type object");
        }
        ObjectNode copy = object.deepCopy();
        if (!copy.path("properties").isObject()) {
            copy.putObject("properties");
        }
        try {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(copy);
            schema.initializeValidators();
            return new ParameterSchema(copy, schema);
        } catch (SchemaException e) {
            throw new IllegalArgumentException("Not a JSON Schema: " + e.getMessage(), e);
        }
    }

    /**
     * The parameters of several schemas side by side.
     *
     * @throws IllegalArgumentException if two of them name the same parameter
     */
    public static ParameterSchema join(List<ParameterSchema> schemas) {
        ObjectNode joined = schemas.get(0).json();
        ObjectNode properties = (ObjectNode) joined.path("properties");
        ArrayNode required = joined.withArray("required");
        for (ParameterSchema other : schemas.subList(1, schemas.size())) {
            for (Map.Entry<String, JsonNode> property :
                    other.json.path("properties").properties()) {
                if (properties.has(property.getKey())) {
                    throw new IllegalArgumentException("parameter " + property.getKey() + " is named twice");
                }
                properties.set(property.getKey(), property.getValue());
            }
            other.json.path("required").forEach(required::add);
        }
        if (required.isEmpty()) {
            joined.remove("required");
        }
        return of(joined);
    }

    /** Those of the given parameters that this schema names. */
    public ObjectNode only(ObjectNode params) {
        ObjectNode own = json.objectNode();
        params.properties().stream()
                .filter(given -> json.path("properties").has(given.getKey()))
                .forEach(given -> own.set(given.getKey(), given.getValue()));
        return own;
    }

    /** The schema itself; a copy. */
    public ObjectNode json() {
        return json.deepCopy();
    }

    /** Names of all parameters, in the order of the schema. */
    public Set<String> names() {
        return Set.copyOf(json.path("properties").propertyNames());
    }

    /**
     * The parameters with every default filled in.
     *
     * @throws InvalidParametersException if a name is unknown, a bound is broken or a required one is missing
     */
    public ObjectNode complete(ObjectNode params) {
        ObjectNode complete = json.objectNode();
        for (Map.Entry<String, JsonNode> property : json.path("properties").properties()) {
            JsonNode given = params.get(property.getKey());
            JsonNode value = given != null ? given : property.getValue().get("default");
            if (value != null) {
                complete.set(property.getKey(), value);
            }
        }
        List<ParameterViolation> violations = new ArrayList<>(unknown(params));
        schema.validate(complete).stream()
                .filter(error -> !NullableProperty.isNullBranch(String.valueOf(error.getEvaluationPath())))
                .forEach(error -> violations.add(violation(error)));
        if (!violations.isEmpty()) {
            throw new InvalidParametersException(violations);
        }
        return complete;
    }

    private List<ParameterViolation> unknown(ObjectNode params) {
        return params.properties().stream()
                .filter(given -> !json.path("properties").has(given.getKey()))
                .map(given -> new ParameterViolation(
                        given.getKey(),
                        given.getValue().toString(),
                        "unknown parameter; " + NearNames.advice(given.getKey(), names())))
                .toList();
    }

    private static ParameterViolation violation(Error error) {
        if (error.getProperty() != null) {
            return new ParameterViolation(error.getProperty(), "null", "is required and has no default");
        }
        return new ParameterViolation(field(error), String.valueOf(error.getInstanceNode()), error.getMessage());
    }

    /** A JSON pointer such as {@code /targetModules/1} as {@code targetModules[1]}. */
    private static String field(Error error) {
        return String.valueOf(error.getInstanceLocation())
                .replaceFirst("^/", "")
                .replaceAll("/(\\d+)", "[$1]")
                .replace('/', '.');
    }
}
