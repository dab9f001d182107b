package dev.paddock.evaluation.run;

import jakarta.persistence.AttributeConverter;
import java.util.List;
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
        public String convertToDatabaseColumn(List<T> values) {
            return JSON.writeValueAsString(values);
        }

        @Override
        public List<T> convertToEntityAttribute(String text) {
            return JSON.readValue(text, type);
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
