package dev.paddock.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The published schemas under {@code paddock/schemas} against the records. A schema may grow: run with
 * {@code -Dpaddock.schemas.write=true} to publish a new field; a lost or retyped field is refused even then.
 */
class SchemasTest {
    private static final Path FOLDER = Path.of("src/main/resources/paddock/schemas");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static Stream<Class<? extends Event>> events() {
        return EventTypes.all().values().stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void aPublishedFieldIsNeverLostOrRetyped(Class<? extends Event> event) throws IOException {
        ObjectNode current = RecordSchema.of(event);
        Path file = FOLDER.resolve(event.getSimpleName() + ".v1.json");
        if (Files.exists(file)) {
            assertThat(SchemaGrowth.losses(event.getSimpleName(), JSON.readTree(Files.readString(file)), current))
                    .isEmpty();
        }
        if (Boolean.getBoolean("paddock.schemas.write")) {
            Files.writeString(file, JSON.writeValueAsString(current) + "\n");
        }
        assertThat(file).as("publish it with -Dpaddock.schemas.write=true").exists();
        assertThat(JSON.readTree(Files.readString(file))).isEqualTo(current);
    }

    @Test
    void everyPublishedSchemaHasItsRecord() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(
                            f -> "dev.paddock." + f.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(EventTypes.all().keySet());
        }
    }

    @Test
    void losingRetypingAndNewlyRequiringAreSeen() {
        JsonNode published = RecordSchema.of(TrainingCancelled.class);
        ObjectNode lost = published.deepCopy().asObject();
        lost.withObjectProperty("properties").remove("cancelledBy");
        ObjectNode retyped = published.deepCopy().asObject();
        retyped.withObjectProperty("properties").withObjectProperty("jobId").put("type", "integer");
        ObjectNode required = published.deepCopy().asObject();
        required.withArrayProperty("required").add("reason");

        assertThat(SchemaGrowth.losses("x", published, published)).isEmpty();
        assertThat(SchemaGrowth.losses("x", published, lost)).containsExactly("x.cancelledBy is lost");
        assertThat(SchemaGrowth.losses("x", published, retyped))
                .singleElement()
                .asString()
                .contains("x.jobId");
        assertThat(SchemaGrowth.losses("x", published, required))
                .singleElement()
                .asString()
                .contains("x.reason");
    }
}
