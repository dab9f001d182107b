package dev.paddock.trainingjob.json;

import jakarta.persistence.AttributeConverter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps a value as JSON in a text column.
 *
 * @param <T> the value
 */
public abstract class JsonText<T> implements AttributeConverter<@Nullable T, @Nullable String> {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Class<T> type;

    protected JsonText(Class<T> type) {
        this.type = type;
    }

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable T value) {
        return value == null ? null : JSON.writeValueAsString(value);
    }

    @Override
    public @Nullable T convertToEntityAttribute(@Nullable String text) {
        return text == null ? null : JSON.readValue(text, type);
    }
}
