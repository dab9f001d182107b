package dev.paddock.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.contracts.event.CloudEvent;
import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.DatasetEvent;
import dev.paddock.contracts.event.DatasetVersionDeleted;
import dev.paddock.contracts.event.DatasetVersionPublished;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import dev.paddock.testkit.TestInfrastructure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
class DatasetStoryTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    private TestApi api;

    @Autowired
    private ArtifactStore artifacts;

    @TempDir
    private Path folder;

    @Test
    void documentsAndRowsBecomeAnImmutableVersionThatIsTold() throws IOException {
        JsonNode document = created(steward().upload("/api/v1/documents", "handbook.md", bytes(HANDBOOK)));
        assertThat(document.path("mediaType").asString()).isEqualTo("text/markdown");
        TestApi.Answer again = steward().upload("/api/v1/documents", "copy.md", bytes(HANDBOOK));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("id")).isEqualTo(document.path("id"));

        String dataset = dataset("story");
        JsonNode upload = created(steward()
                .post(
                        "/api/v1/datasets/" + dataset
                                + "/uploads?promptColumn=text&completionColumn=code&system=Route the ticket.",
                        MediaType.valueOf("text/csv"),
                        bytes(tickets(200))));
        assertThat(upload.path("rows").asInt()).isEqualTo(201);

        Map<String, Object> order = Map.of(
                "recipe", "enterprise-docs",
                "documents", List.of(document.path("id").asString()),
                "uploads", List.of(upload.path("id").asString()),
                "test", Map.of("share", 0.2, "seed", 7));
        JsonNode version = created(steward().post("/api/v1/datasets/" + dataset + "/versions", order));
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
        DatasetVersionPublished told =
                CloudEvents.event(event("DatasetVersionPublished", dataset), DatasetVersionPublished.class);
        assertThat(told.digest()).isEqualTo(version.path("digest").asString());
        assertThat(told.trainRows()).isEqualTo(train);
        assertDeletion(dataset, version);
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
                trainRows.stream().map(DatasetStoryTest::prompt).collect(Collectors.toCollection(HashSet::new));
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
        JsonNode first = steward().get(rows + "&limit=2").json();
        JsonNode second = steward()
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
        JsonNode found = api.as("auditor")
                .get("/api/v1/rows/" + row.path("id").asString())
                .json();
        assertThat(found.path("row")).isEqualTo(row);
        assertThat(found.path("locations").get(0).path("versionId")).isEqualTo(version.path("id"));
        assertThat(api.as("anna", "other", "steward")
                        .get("/api/v1/rows/" + row.path("id").asString())
                        .status())
                .isEqualTo(404);
    }

    private void assertDecisions(JsonNode version) {
        JsonNode decisions = steward()
                .get("/api/v1/dataset-versions/" + version.path("id").asString() + "/decisions")
                .json()
                .path("items");
        assertThat(decisions).hasSize(2);
        assertThat(decisions.get(1).path("reason").asString()).isEqualTo("duplicate");
        assertThat(decisions.get(1).path("origin").path("row").asInt()).isEqualTo(201);
        assertThat(decisions.get(1).path("detail").asString()).contains("row 1 of upload");
    }

    private void assertSameContentSameDigest(String dataset, Map<String, Object> order, JsonNode version) {
        TestApi.Answer same = steward().post("/api/v1/datasets/" + dataset + "/versions", order);
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.json()).isEqualTo(version);
        Map<String, Object> otherSeed = new java.util.HashMap<>(order);
        otherSeed.put("test", Map.of("share", 0.2, "seed", 8));
        JsonNode other = created(steward().post("/api/v1/datasets/" + dataset + "/versions", otherSeed));
        assertThat(other.path("digest")).isNotEqualTo(version.path("digest"));
        assertThat(other.path("number").asInt()).isEqualTo(2);
    }

    private void assertDeletion(String dataset, JsonNode version) {
        String path = "/api/v1/dataset-versions/" + version.path("id").asString();
        assertThat(steward().header("If-Match", "\"7\"").delete(path).status()).isEqualTo(412);
        assertThat(api.as("engineer").delete(path).status()).isEqualTo(403);
        assertThat(steward().header("If-Match", "\"0\"").delete(path).status()).isEqualTo(204);
        assertThat(steward().get(path).json().path("state").asString()).isEqualTo("DELETED");
        assertThat(steward().get(path + "/rows").status()).isEqualTo(410);
        DatasetVersionDeleted told =
                CloudEvents.event(event("DatasetVersionDeleted", dataset), DatasetVersionDeleted.class);
        assertThat(told.versionId()).hasToString(version.path("id").asString());
    }

    @Test
    void wrongRowsRefuseTheUploadWholeAndSayWhere() {
        String dataset = dataset("wrong rows");
        String rows = """
                {"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}
                {"messages":[{"role":"user","content":"a"},{"role":"robot","content":"b"}]}
                {"prompt":"a","completion":"b"}
                {"messages":[{"role":"user","content":"a"}
                """;
        TestApi.Answer refused = steward()
                .post("/api/v1/datasets/" + dataset + "/uploads", MediaType.valueOf("application/jsonl"), bytes(rows));
        assertThat(refused.status()).isEqualTo(422);
        JsonNode errors = refused.json().path("errors");
        assertThat(errors).hasSize(3);
        assertThat(errors.get(0).toString())
                .isEqualTo("{\"row\":2,\"field\":\"messages[1].role\","
                        + "\"reason\":\"is robot, must be system, user or assistant\"}");
        assertThat(errors.get(2).path("row").asInt()).isEqualTo(4);
        assertThat(steward()
                        .get("/api/v1/datasets/" + dataset + "/uploads")
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void aCallersMistakesAreNamed() {
        String dataset = dataset("mistakes");
        assertThat(steward()
                        .post("/api/v1/datasets", Map.of("name", "mistakes"))
                        .status())
                .isEqualTo(409);
        String versions = "/api/v1/datasets/" + dataset + "/versions";
        TestApi.Answer recipe = steward().post(versions, Map.of("recipe", "enterprise-doc"));
        assertThat(recipe.status()).isEqualTo(400);
        assertThat(recipe.json().path("detail").asString()).contains("did you mean enterprise-docs");
        TestApi.Answer parameter =
                steward().post(versions, Map.of("recipe", "enterprise-docs", "params", Map.of("chunkCharacter", 500)));
        assertThat(parameter.json().path("detail").asString()).contains("did you mean chunkCharacters");
        String nobody = new java.util.UUID(1, 1).toString();
        TestApi.Answer source =
                steward().post(versions, Map.of("recipe", "enterprise-docs", "documents", List.of(nobody)));
        assertThat(source.json().path("detail").asString()).contains(nobody);
        assertThat(steward().post(versions, Map.of("recipe", "enterprise-docs")).status())
                .isEqualTo(400);
        TestApi.Answer share =
                steward().post(versions, Map.of("recipe", "enterprise-docs", "test", Map.of("share", 0.9, "seed", 1)));
        assertThat(share.json().path("errors").get(0).path("field").asString()).isEqualTo("test.share");
        assertThat(steward()
                        .upload("/api/v1/documents", "picture.png", new byte[] {1, 2, 3})
                        .status())
                .isEqualTo(415);
        assertThat(steward()
                        .upload("/api/v1/documents", "empty.txt", bytes("  \n"))
                        .status())
                .isEqualTo(422);
        assertThat(steward().post("/api/v1/documents", Map.of()).status()).isEqualTo(415);
        assertThat(steward().get("/v3/api-docs").text()).contains("/api/v1/datasets/{datasetId}/versions");
    }

    @Test
    void recipesAreListedWithTheirSchema() {
        JsonNode recipe =
                api.as("engineer").get("/api/v1/recipes/enterprise-docs").json();
        assertThat(recipe.path("parameters")
                        .path("properties")
                        .path("chunkCharacters")
                        .path("default")
                        .asInt())
                .isEqualTo(1200);
    }

    private TestApi.As steward() {
        return api.as("steward");
    }

    private String dataset(String name) {
        return created(steward().post("/api/v1/datasets", Map.of("name", name)))
                .path("id")
                .asString();
    }

    private static JsonNode created(TestApi.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static CloudEvent event(String type, String subject) {
        List<CloudEvent> found = new ArrayList<>();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                TestInfrastructure.get().kafka(),
                "group.id",
                "story-" + type,
                "auto.offset.reset",
                "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(DatasetEvent.TOPIC));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(300)).forEach(record -> found.add(CloudEvents.read(record.value())));
                return found.stream().anyMatch(event -> matches(event, type, subject));
            });
        }
        return found.stream()
                .filter(event -> matches(event, type, subject))
                .findFirst()
                .orElseThrow();
    }

    private static boolean matches(CloudEvent event, String type, String subject) {
        return event.type().equals("dev.paddock." + type + ".v1")
                && event.subject().equals(subject);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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
