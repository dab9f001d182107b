package dev.paddock.trainingjob.trigger;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A duration in ISO 8601. */
@Converter
public final class DurationText implements AttributeConverter<@Nullable Duration, @Nullable String> {
    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable Duration duration) {
        return duration == null ? null : duration.toString();
    }

    @Override
    public @Nullable Duration convertToEntityAttribute(@Nullable String text) {
        return text == null ? null : Duration.parse(text);
    }
}
