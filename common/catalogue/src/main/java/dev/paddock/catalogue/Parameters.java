package dev.paddock.catalogue;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.List;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters of an entry whose class is at hand: its schema, and JSON bound to its {@code Params} record.
 *
 * @param <P> the record
 */
public final class Parameters<P extends Record> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final SchemaWriter SCHEMAS = new SchemaWriter();
    private static final Validator RULES = rules();

    private final Class<P> type;
    private final ParameterSchema schema;

    private Parameters(Class<P> type, ParameterSchema schema) {
        this.type = type;
        this.schema = schema;
    }

    /** Reads names, bounds, defaults and descriptions off the record. */
    public static <P extends Record> Parameters<P> of(Class<P> type) {
        return new Parameters<>(type, ParameterSchema.of(SCHEMAS.write(type)));
    }

    public Class<P> type() {
        return type;
    }

    public ParameterSchema schema() {
        return schema;
    }

    /**
     * The record that JSON describes, with defaults where it is silent.
     *
     * @throws InvalidParametersException if a name is unknown or a rule is broken, rules across parameters included
     */
    public P bind(ObjectNode params) {
        P bound = read(schema.complete(params));
        List<ParameterViolation> violations =
                RULES.validate(bound).stream().map(Parameters::violation).toList();
        if (!violations.isEmpty()) {
            throw new InvalidParametersException(violations);
        }
        return bound;
    }

    /** The record with nothing but defaults. */
    public P defaults() {
        return bind(JSON.createObjectNode());
    }

    /** The record as JSON; {@link #bind} gives back an equal one. */
    public ObjectNode write(P params) {
        return JSON.valueToTree(params);
    }

    private P read(ObjectNode complete) {
        try {
            return JSON.treeToValue(complete, type);
        } catch (JacksonException e) {
            String field = e.getPath().isEmpty()
                    ? ""
                    : String.valueOf(e.getPath().get(0).getPropertyName());
            throw new InvalidParametersException(List.of(
                    new ParameterViolation(field, String.valueOf(complete.path(field)), e.getOriginalMessage())));
        }
    }

    private static ParameterViolation violation(ConstraintViolation<?> violation) {
        return new ParameterViolation(
                violation.getPropertyPath().toString(),
                String.valueOf(violation.getInvalidValue()),
                violation.getMessage());
    }

    private static Validator rules() {
        return Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()
                .getValidator();
    }
}
