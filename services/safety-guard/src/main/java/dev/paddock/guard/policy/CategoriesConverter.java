package dev.paddock.guard.policy;

import dev.paddock.contracts.guard.GuardCategory;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A taxonomy as JSON text. */
@Converter
class CategoriesConverter implements AttributeConverter<List<GuardCategory>, String> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public String convertToDatabaseColumn(List<GuardCategory> categories) {
        return JSON.writeValueAsString(categories);
    }

    @Override
    public List<GuardCategory> convertToEntityAttribute(String text) {
        return JSON.readValue(text, new TypeReference<>() {});
    }
}
