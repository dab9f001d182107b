package dev.paddock.registry;

import static dev.paddock.registry.Story.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.contracts.event.AnswerGiven;
import dev.paddock.contracts.event.DatasetVersionPublished;
import dev.paddock.contracts.event.TrainingCompleted;
import dev.paddock.contracts.event.TrainingRequested;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From an answer back to the documents and forth again, built from events that may come twice. */
@ServiceTest
class LineageTest {
    private final UUID document = UUID.randomUUID();
    private final UUID upload = UUID.randomUUID();
    private final UUID datasetVersion = UUID.randomUUID();
    private final UUID job = UUID.randomUUID();
    private Story story;
    private JsonNode base;

    @BeforeEach
    void aBaseIsOnRecord(
            @Autowired TestApi api, @Autowired ArtifactStore store, @Autowired Producer<String, String> producer)
            throws IOException {
        story = new Story(api, store, producer);
        base = story.importedBase("tiny");
    }

    @Test
    void anAnswerLeadsBackToItsDocumentsAndADocumentToItsAnswers() throws IOException {
        publishAndOrder();
        TrainingCompleted completed = story.completed(base, job, datasetVersion);
        UUID event = UUID.randomUUID();
        story.tell(event, completed);
        story.tell(event, completed);
        story.tell(completed);
        JsonNode version = story.candidate(job);
        UUID evaluation = story.evaluated(version, "PASS");
        JsonNode approval = story.proposed(version);
        story.decide(approval, "approve");
        JsonNode first = story.deploy("routing", version).json();
        JsonNode deployment = story.deploy("routing", version).json();
        answerIsGiven("chatcmpl-1", "routing", id(version));

        JsonNode up = lineage("answer/chatcmpl-1", "up");
        assertThat(nodes(up))
                .containsExactlyInAnyOrder(
                        "answer/chatcmpl-1",
                        "deployment/" + id(deployment),
                        "approval/" + id(approval),
                        "evaluation/" + evaluation,
                        "version/" + id(version),
                        "version/" + id(base),
                        "job/" + job,
                        "dataset-version/" + datasetVersion,
                        "document/" + document,
                        "upload/" + upload);
        JsonNode down = lineage("document/" + document, "down");
        assertThat(nodes(down))
                .contains("answer/chatcmpl-1", "deployment/" + id(first), "job/" + job)
                .doesNotContain("upload/" + upload, "version/" + id(base));
        assertThat(nodes(lineage("job/" + job, "both"))).contains("document/" + document, "answer/chatcmpl-1");
        assertThat(story.as("engineer")
                        .get("/api/v1/versions?kind=ADAPTER")
                        .json()
                        .path("items"))
                .hasSize(1);
        theJobCanBeRepeated(up, completed);
    }

    @Test
    void anAnswerOfABaseHangsOnItsOwnDeployment() {
        answerIsGiven("chatcmpl-2", "tiny", id(base));

        assertThat(nodes(lineage("answer/chatcmpl-2", "up")))
                .hasSize(3)
                .contains("version/" + id(base))
                .anyMatch(node -> node.startsWith("deployment/"));
    }

    @Test
    void anAnswerToldWhenItOpensAndAtItsEndIsOneAnswerOfOneDeployment() {
        Instant opened = Instant.now();
        AnswerGiven open = answer("chatcmpl-3", "tiny", id(base), AnswerGiven.OPEN, opened);
        story.tell(open);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> story.as("auditor")
                                .get("/api/v1/lineage/answer/chatcmpl-3")
                                .status()
                        == 200);
        assertThat(facts("answer/chatcmpl-3").has("finishReason")).isFalse();
        assertThat(story.as("platform")
                        .post("/api/v1/deployments", Map.of("model", "tiny", "versionId", id(base)))
                        .status())
                .isEqualTo(201);

        story.tell(open);
        story.tell(answer("chatcmpl-3", "tiny", id(base), "stop", opened));

        await().atMost(Duration.ofSeconds(20)).until(() -> facts("answer/chatcmpl-3")
                .path("finishReason")
                .asString("")
                .equals("stop"));
        assertThat(nodes(lineage("answer/chatcmpl-3", "up"))).hasSize(3);
    }

    @Test
    void anInterruptedAnswerSaysSoAndClaimsNothingOfItsEnd() {
        story.tell(answer("chatcmpl-4", "tiny", id(base), AnswerGiven.OPEN, Instant.now()));
        story.tell(answer("chatcmpl-4", "tiny", id(base), AnswerGiven.INTERRUPTED, Instant.now()));

        await().atMost(Duration.ofSeconds(20)).until(() -> story.as("auditor")
                .get("/api/v1/lineage/answer/chatcmpl-4")
                .text()
                .contains("finishReason"));
        assertThat(facts("answer/chatcmpl-4").path("finishReason").asString()).isEqualTo("interrupted");
        assertThat(facts("answer/chatcmpl-4").has("answerDigest")).isFalse();
    }

    private JsonNode facts(String node) {
        return lineage(node, "up")
                .path("nodes")
                .valueStream()
                .filter(found -> node.startsWith(found.path("kind").asString()))
                .findFirst()
                .orElseThrow()
                .path("facts");
    }

    @Test
    void unknownKindsDirectionsAndNodesAreNamed() {
        assertThat(story.as("auditor")
                        .get("/api/v1/lineage/cow/1")
                        .json()
                        .path("detail")
                        .asString())
                .contains("cow", "dataset-version");
        assertThat(story.as("auditor")
                        .get("/api/v1/lineage/job/1?direction=left")
                        .status())
                .isEqualTo(400);
        assertThat(story.as("auditor").get("/api/v1/lineage/job/" + job).status())
                .isEqualTo(404);
        assertThat(story.as("auditor")
                        .get("/api/v1/versions/" + id(base) + "/lineage")
                        .status())
                .isEqualTo(200);
    }

    private static void theJobCanBeRepeated(JsonNode graph, TrainingCompleted completed) {
        JsonNode facts = graph.path("nodes")
                .valueStream()
                .filter(node -> node.path("kind").asString().equals("job"))
                .findFirst()
                .orElseThrow()
                .path("facts");
        assertThat(facts.path("parameters")).isEqualTo(completed.parameters());
        assertThat(facts.path("seed").asLong()).isEqualTo(7);
        assertThat(facts.path("codeVersion").asString()).isEqualTo("0.1.0");
        assertThat(facts.path("environment").toString())
                .contains("\"threads\":2", "\"libtorch\":\"2.7.1\"", "\"precision\":\"bf16\"", "\"lastStep\":10,");
        assertThat(facts.path("baseDigest").asString()).isEqualTo(completed.baseDigest());
        assertThat(facts.path("requestedBy").asString()).isEqualTo("engineer");
    }

    private void publishAndOrder() {
        story.tell(new DatasetVersionPublished(
                datasetVersion,
                UUID.randomUUID(),
                "tickets",
                1,
                "sha256:" + "d".repeat(64),
                "enterprise-docs",
                new JsonMapper().createObjectNode(),
                List.of(document),
                List.of(upload),
                90,
                10,
                "steward"));
        story.tell(new TrainingRequested(job, "routing", "lora", id(base), datasetVersion, "engineer", null));
    }

    private void answerIsGiven(String id, String model, UUID version) {
        story.tell(answer(id, model, version, "stop", null));
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        story.as("auditor").get("/api/v1/lineage/answer/" + id).status() == 200);
    }

    private static AnswerGiven answer(
            String id, String model, UUID version, String reason, @Nullable Instant openedAt) {
        String digest = "sha256:" + "e".repeat(64);
        return new AnswerGiven(
                id, model, version, UUID.randomUUID(), 1, null, null, digest, digest, reason, "app", openedAt);
    }

    private JsonNode lineage(String node, String direction) {
        TestApi.Answer answer = story.as("auditor").get("/api/v1/lineage/" + node + "?direction=" + direction);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> nodes(JsonNode graph) {
        return graph.path("nodes")
                .valueStream()
                .map(node ->
                        node.path("kind").asString() + "/" + node.path("id").asString())
                .toList();
    }
}
