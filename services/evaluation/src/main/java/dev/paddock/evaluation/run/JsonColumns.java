package dev.paddock.evaluation.run;

import jakarta.persistence.AttributeConverter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Lists of small records as JSON text. */
final class JsonColumns {
    private static final JsonMapper JSON = new JsonMapper();

    private JsonColumns() {}

    abstract static class Column<T> implements AttributeConverter<List<T>, String> {
        private final TypeReference<List<T>> type;

        Column(TypeReference<List<T>> type) {
            this.type = type;
        }

        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable List<T> values) {
            return values == null ? null : JSON.writeValueAsString(values);
        }

        @Override
        public @Nullable List<T> convertToEntityAttribute(@Nullable String text) {
            return text == null ? null : JSON.readValue(text, type);
        }
    }

    static final class Names extends Column<String> {
        Names() {
            super(new TypeReference<>() {});
        }
    }

    static final class Scores extends Column<Score> {
        Scores() {
            super(new TypeReference<>() {});
        }
    }

    static final class Gates extends Column<GateResult> {
        Gates() {
            super(new TypeReference<>() {});
        }
    }
}
