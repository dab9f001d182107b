package dev.paddock.catalogue;

import com.fasterxml.classmate.members.RawMember;
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
        return generator.generateSchema(params);
    }

    private static SchemaGenerator generator() {
        var builder = new SchemaGeneratorConfigBuilder(
                        JSON.rebuild().build(), SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonSchemaModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY))
                .with(new JakartaValidationModule(JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS))
                .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT, Option.INLINE_ALL_SCHEMAS);
        builder.forTypesInGeneral().withPropertySorter((left, right) -> 0);
        builder.forFields()
                .withDescriptionResolver(SchemaWriter::description)
                .withDefaultResolver(SchemaWriter::defaultValue)
                .withRequiredCheck(SchemaWriter::required)
                .withNullableCheck(field -> nullable(field.getMember()));
        return new SchemaGenerator(builder.build());
    }

    private static @Nullable String description(FieldScope field) {
        Parameter parameter = parameter(field);
        return parameter == null ? null : parameter.description();
    }

    private static @Nullable JsonNode defaultValue(FieldScope field) {
        Parameter parameter = parameter(field);
        if (parameter == null || parameter.value().equals(Parameter.REQUIRED)) {
            return null;
        }
        Class<?> type = field.getType().getErasedType();
        boolean text = type == String.class || type.isEnum();
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

    private static boolean nullable(RawMember member) {
        var raw = (java.lang.reflect.Field) member.getRawMember();
        return raw.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
