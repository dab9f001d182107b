package dev.paddock.catalogue;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Writes the JSON Schema (draft 2020-12) of a {@code Params} record: types, bounds, defaults, descriptions, enums. The parameters
 * of a record that is a component under {@link JsonUnwrapped} stand among the others.
 */
final class SchemaWriter {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final SchemaGenerator generator = generator();

    ObjectNode write(Class<? extends Record> params) {
        ObjectNode schema = generator.generateSchema(params);
        if (params.getRecordComponents().length == 0) {
            return schema;
        }
        JsonNode generated = schema.path("properties");
        ObjectNode properties = schema.objectNode();
        for (RecordComponent component : params.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                include(component, schema, properties);
            } else {
                properties.set(component.getName(), property(component, generated.path(component.getName())));
            }
        }
        schema.remove("allOf");
        schema.set("properties", properties);
        return schema;
    }

    /** Parameters that several entries share stand among an entry's own, with the entry's defaults. */
    private void include(RecordComponent component, ObjectNode schema, ObjectNode properties) {
        ObjectNode part = write(component.getType().asSubclass(Record.class));
        for (Default own : component.getAnnotationsByType(Default.class)) {
            if (!(part.path("properties").path(own.of()) instanceof ObjectNode parameter)
                    || !parameter.has("default")) {
                throw new CatalogueException("%s gives a default to '%s', and %s has no such parameter with a default"
                        .formatted(component.getDeclaringRecord(), own.of(), component.getType()));
            }
            boolean text = parameter.path("type").asString("").equals("string");
            parameter.set("default", value(text, own.value()));
        }
        properties.setAll((ObjectNode) part.path("properties"));
        part.path("required").forEach(schema.withArray("required")::add);
        if (schema.path("required").isEmpty()) {
            schema.remove("required");
        }
    }

    private static ObjectNode property(RecordComponent component, JsonNode generated) {
        ObjectNode property = NullableProperty.write((ObjectNode) generated);
        JsonNode value = defaultValue(component);
        if (value != null) {
            property.set("default", value);
        }
        return property;
    }

    private static SchemaGenerator generator() {
        var builder = new SchemaGeneratorConfigBuilder(
                        JSON.rebuild().build(), SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonSchemaModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY))
                .with(new JakartaValidationModule(JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS))
                .with(
                        Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                        Option.INLINE_ALL_SCHEMAS,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES);
        builder.forTypesInGeneral().withPropertySorter((unusedLeft, unusedRight) -> 0);
        builder.forFields()
                .withDescriptionResolver(SchemaWriter::description)
                .withRequiredCheck(SchemaWriter::required)
                .withNullableCheck(SchemaWriter::nullable);
        return new SchemaGenerator(builder.build());
    }

    private static @Nullable String description(FieldScope field) {
        Parameter parameter = parameter(field);
        return parameter == null ? null : parameter.description();
    }

    private static @Nullable JsonNode defaultValue(RecordComponent component) {
        Parameter parameter = component.getAnnotation(Parameter.class);
        if (parameter == null || parameter.value().equals(Parameter.REQUIRED)) {
            return null;
        }
        boolean text =
                component.getType() == String.class || component.getType().isEnum();
        return value(text, parameter.value());
    }

    private static JsonNode value(boolean text, String value) {
        return text && !value.equals("null") ? StringNode.valueOf(value) : JSON.readTree(value);
    }

    private static boolean required(FieldScope field) {
        Parameter parameter = parameter(field);
        return parameter != null && parameter.value().equals(Parameter.REQUIRED);
    }

    private static @Nullable Parameter parameter(FieldScope field) {
        return field.isFakeContainerItemScope() ? null : field.getAnnotation(Parameter.class);
    }

    private static boolean nullable(FieldScope field) {
        return !field.isFakeContainerItemScope()
                && field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
