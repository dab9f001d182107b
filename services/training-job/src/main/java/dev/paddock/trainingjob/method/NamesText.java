package dev.paddock.trainingjob.method;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ids in a text column, one space between two. */
@Converter
final class NamesText implements AttributeConverter<@Nullable List<String>, @Nullable String> {
    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable List<String> names) {
        return names == null ? null : String.join(" ", names);
    }

    @Override
    public @Nullable List<String> convertToEntityAttribute(@Nullable String text) {
        return text == null ? null : text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
