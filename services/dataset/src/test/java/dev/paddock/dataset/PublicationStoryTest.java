package dev.paddock.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.event.DatasetVersionPublished;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.testkit.TestApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DatasetTest
class PublicationStoryTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    private Desk desk;

    @Autowired
    private ArtifactStore artifacts;

    @TempDir
    private Path folder;

    @Test
    void documentsAndRowsBecomeAnImmutableVersionThatIsTold() throws IOException {
        JsonNode document = desk.document("handbook.md", HANDBOOK);
        assertThat(document.path("mediaType").asString()).isEqualTo("text/markdown");
        TestApi.Answer again = desk.steward().upload("/api/v1/documents", "copy.md", Desk.bytes(HANDBOOK));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("id")).isEqualTo(document.path("id"));

        String dataset = desk.dataset("story");
        JsonNode upload =
                desk.csv(dataset, "promptColumn=text&completionColumn=code&system=Route the ticket.", tickets(200));
        assertThat(upload.path("rows").asInt()).isEqualTo(201);

        Map<String, Object> order = Map.of(
                "recipe", "enterprise-docs",
                "documents", List.of(document.path("id").asString()),
                "uploads", List.of(upload.path("id").asString()),
                "test", Map.of("share", 0.2, "seed", 7));
        JsonNode version = Desk.created(desk.order(dataset, order));
        assertThat(version.path("number").asInt()).isEqualTo(1);
        assertThat(version.path("reasons").path("duplicate").asInt()).isEqualTo(1);
        assertThat(version.path("reasons").path("too-short").asInt()).isEqualTo(1);
        int train = version.path("counts").path("train").asInt();
        int test = version.path("counts").path("test").asInt();
        assertThat(test / (double) (train + test)).isBetween(0.17, 0.21);

        assertArtifact(version, train, test);
        assertLineage(version, document.path("id").asString());
        assertDecisions(version);
        assertSameContentSameDigest(dataset, order, version);
        DatasetVersionPublished told = desk.told(DatasetVersionPublished.class, dataset);
        assertThat(told.digest()).isEqualTo(version.path("digest").asString());
        assertThat(told.trainRows()).isEqualTo(train);
    }

    private void assertArtifact(JsonNode version, int train, int test) throws IOException {
        Digest digest = new Digest(version.path("digest").asString());
        artifacts.verify(digest);
        artifacts.materialize(digest, folder);
        List<JsonNode> trainRows = rows("train.jsonl");
        List<JsonNode> testRows = rows("test.jsonl");
        assertThat(trainRows).hasSize(train);
        assertThat(testRows).hasSize(test);
        Set<String> trained =
                trainRows.stream().map(PublicationStoryTest::prompt).collect(Collectors.toCollection(HashSet::new));
        assertThat(testRows).noneMatch(row -> trained.contains(prompt(row)));
        JsonNode ticket =
                testRows.stream().filter(row -> row.has("choices")).findFirst().orElseThrow();
        assertThat(ticket.path("choices").toString()).isEqualTo("[\"RC-0\",\"RC-1\",\"RC-2\",\"RC-3\"]");
        assertThat(ticket.path("messages").get(0).path("content").asString()).isEqualTo("Route the ticket.");
        assertThat(ticket.path("origin").path("document").isNull()).isTrue();
        assertThat(JSON.readTree(Files.readString(folder.resolve("manifest.json")))
                        .path("format")
                        .asString())
                .isEqualTo("paddock-dataset/1");
    }

    private List<JsonNode> rows(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file)).stream()
                .map(JSON::readTree)
                .toList();
    }

    private static String prompt(JsonNode row) {
        List<String> prompt = new ArrayList<>();
        row.path("messages").forEach(message -> {
            if (message.path("role").asString().equals("user")) {
                prompt.add(message.path("content").asString().strip().toLowerCase(java.util.Locale.ROOT));
            }
        });
        return String.join("\n", prompt);
    }

    private void assertLineage(JsonNode version, String document) {
        String rows = "/api/v1/dataset-versions/" + version.path("id").asString() + "/rows?split=train";
        JsonNode first = desk.steward().get(rows + "&limit=2").json();
        JsonNode second = desk.steward()
                .get(rows + "&limit=200&cursor=" + first.path("next").asString())
                .json();
        assertThat(first.path("items")).hasSize(2);
        List<JsonNode> all = new ArrayList<>();
        first.path("items").forEach(all::add);
        second.path("items").forEach(all::add);
        assertThat(all.stream().map(row -> row.path("id").asString())).doesNotHaveDuplicates();
        JsonNode row = all.stream()
                .filter(candidate ->
                        candidate.path("origin").path("document").asString("").equals(document))
                .findFirst()
                .orElseThrow();
        JsonNode found = desk.as("auditor")
                .get("/api/v1/rows/" + row.path("id").asString())
                .json();
        assertThat(found.path("row")).isEqualTo(row);
        assertThat(found.path("locations").get(0).path("versionId")).isEqualTo(version.path("id"));
        assertThat(desk.otherTenant()
                        .get("/api/v1/rows/" + row.path("id").asString())
                        .status())
                .isEqualTo(404);
    }

    private void assertDecisions(JsonNode version) {
        JsonNode decisions = desk.steward()
                .get("/api/v1/dataset-versions/" + version.path("id").asString() + "/decisions")
                .json()
                .path("items");
        assertThat(decisions).hasSize(2);
        assertThat(decisions.get(1).path("reason").asString()).isEqualTo("duplicate");
        assertThat(decisions.get(1).path("origin").path("row").asInt()).isEqualTo(201);
        assertThat(decisions.get(1).path("detail").asString()).contains("row 1 of upload");
    }

    private void assertSameContentSameDigest(String dataset, Map<String, Object> order, JsonNode version) {
        TestApi.Answer same = desk.order(dataset, order);
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.json()).isEqualTo(version);
        Map<String, Object> otherSeed = new java.util.HashMap<>(order);
        otherSeed.put("test", Map.of("share", 0.2, "seed", 8));
        JsonNode other = Desk.created(desk.order(dataset, otherSeed));
        assertThat(other.path("digest")).isNotEqualTo(version.path("digest"));
        assertThat(other.path("number").asInt()).isEqualTo(2);
    }

    @Test
    void recipesAreListedWithTheirSchema() {
        JsonNode recipe =
                desk.as("engineer").get("/api/v1/recipes/enterprise-docs").json();
        assertThat(recipe.path("parameters")
                        .path("properties")
                        .path("chunkCharacters")
                        .path("default")
                        .asInt())
                .isEqualTo(1200);
        assertThat(desk.steward().get("/v3/api-docs").text()).contains("/api/v1/datasets/{datasetId}/versions");
    }

    /** Tickets of which the last repeats the first. */
    private static String tickets(int count) {
        return "text,code\n"
                + IntStream.range(0, count)
                        .mapToObj(number -> "\"Ticket %d, please help\",RC-%d\n".formatted(number, number % 4))
                        .collect(Collectors.joining())
                + "\"Ticket 0, please help\",RC-0\n";
    }

    private static final String HANDBOOK = """
            # Northwind handbook

            ## How are parcels labelled?
            Every parcel carries a yellow label with the depot's number and the name of the person who packed it.

            ## Returns
            A return is accepted within thirty days when the label is still readable. Damaged goods go to hall seven.

            ## Tea
            At four.
            """;
}
