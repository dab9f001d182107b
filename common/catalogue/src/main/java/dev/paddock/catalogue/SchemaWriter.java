package dev.paddock.catalogue;

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

/** Writes the JSON Schema (draft 2020-12) of a {@code Params} record: types, bounds, defaults, descriptions, enums. */
final class SchemaWriter {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final SchemaGenerator generator = generator();

    ObjectNode write(Class<? extends Record> params) {
        ObjectNode schema = generator.generateSchema(params);
        ObjectNode properties = (ObjectNode) schema.path("properties");
        for (RecordComponent component : params.getRecordComponents()) {
            String name = component.getName();
            ObjectNode property = NullableProperty.write((ObjectNode) properties.path(name));
            properties.set(name, property);
            JsonNode value = defaultValue(component);
            if (value != null) {
                property.set("default", value);
            }
        }
        return schema;
    }

    private static SchemaGenerator generator() {
        var builder = new SchemaGeneratorConfigBuilder(
                        JSON.rebuild().build(), SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonSchemaModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY))
                .with(new JakartaValidationModule(JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS))
                .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT, Option.INLINE_ALL_SCHEMAS);
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
        return text && !parameter.value().equals("null")
                ? StringNode.valueOf(parameter.value())
                : JSON.readTree(parameter.value());
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
