package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.catalogue.ParameterSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every order in {@code docs/guides/training.md} is one that the catalogue accepts. */
class TrainingGuideTest {
    private static final Path GUIDE = Path.of("../../docs/guides/training.md");
    private static final Pattern BODY = Pattern.compile("<<JSON\\n(.*?)\\nJSON\\n", Pattern.DOTALL);

    private final TrainingCatalogue catalogue = TrainingCatalogue.load();

    @Test
    void everyOrderAndSweepIsAccepted() throws Exception {
        List<ObjectNode> bodies = BODY.matcher(Files.readString(GUIDE))
                .results()
                .map(match -> Runs.json(match.group(1)))
                .toList();
        assertThat(bodies).hasSizeGreaterThan(5).anyMatch(body -> body.has("search"));
        for (ObjectNode body : bodies) {
            ObjectNode order = body.has("search") ? (ObjectNode) body.path("order") : body;
            ParameterSchema schema = schema(order);
            schema.complete(params(order));
            body.path("search")
                    .path("space")
                    .properties()
                    .forEach(range -> accepted(schema, params(order), range.getKey(), range.getValue()));
        }
    }

    private ParameterSchema schema(ObjectNode order) {
        assertThat(order.propertyNames())
                .contains("name", "method", "baseVersionId", "datasetVersionId")
                .isSubsetOf(
                        "name",
                        "method",
                        "adapter",
                        "objective",
                        "params",
                        "baseVersionId",
                        "datasetVersionId",
                        "seed",
                        "dryRun");
        String method = order.path("method").asString();
        TrainingMethod<?> preset = catalogue.methods().get(method).implementation();
        return catalogue
                .compose(
                        method,
                        order.path("adapter").asString(preset.adapter()),
                        order.path("objective").asString(preset.objective()))
                .schema();
    }

    private static ObjectNode params(ObjectNode order) {
        return order.has("params") ? (ObjectNode) order.path("params") : Runs.json("{}");
    }

    /** The ends of a range, or each of its values. */
    private static void accepted(ParameterSchema schema, ObjectNode fixed, String name, JsonNode range) {
        List<JsonNode> values = range.has("values")
                ? range.path("values").valueStream().toList()
                : List.of(range.path("min"), range.path("max"));
        values.forEach(value -> schema.complete(fixed.deepCopy().set(name, value)));
    }
}
