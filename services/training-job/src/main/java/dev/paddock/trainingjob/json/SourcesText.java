package dev.paddock.trainingjob.json;

import dev.paddock.contracts.event.SourceVersion;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Source versions as text; null for none. */
@Converter
public final class SourcesText implements AttributeConverter<@Nullable List<SourceVersion>, @Nullable String> {
    private static final TypeReference<List<SourceVersion>> SOURCES = new TypeReference<>() {};

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable List<SourceVersion> sources) {
        return sources == null || sources.isEmpty() ? null : JsonMapper.shared().writeValueAsString(sources);
    }

    @Override
    public List<SourceVersion> convertToEntityAttribute(@Nullable String text) {
        return text == null ? List.of() : JsonMapper.shared().readValue(text, SOURCES);
    }
}
