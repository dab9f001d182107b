package dev.paddock.registry;

import static dev.paddock.registry.Story.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.event.MergeCompleted;
import dev.paddock.contracts.event.MergeRequested;
import dev.paddock.contracts.event.SourceVersion;
import dev.paddock.contracts.event.TrainingCompleted;
import dev.paddock.contracts.event.TrainingRequested;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a job made whole goes the road of an adapter, and is a base as well. */
@ServiceTest
class WholeModelTest {
    private Story story;
    private JsonNode base;
    private String mergedDigest;

    @BeforeEach
    void aBaseIsOnRecord(
            @Autowired TestApi api, @Autowired ArtifactStore store, @Autowired Producer<String, String> producer)
            throws IOException {
        story = new Story(api, store, producer);
        base = story.importedBase("tiny");
        mergedDigest = Folders.base(store);
    }

    @Test
    void aWholeModelIsServedByItselfOnceItIsApproved() throws IOException {
        JsonNode candidate = story.trainedWhole(base);
        assertThat(candidate.path("kind").asString()).isEqualTo("MODEL");
        assertThat(candidate.path("state").asString()).isEqualTo("CANDIDATE");
        assertThat(candidate.path("baseVersionId")).isEqualTo(base.path("id"));
        assertThat(code(story.deploy("support", candidate))).isEqualTo("not-approved");
        story.evaluated(candidate, "FAIL");
        assertThat(code(story.as("engineer").post("/api/v1/approvals", java.util.Map.of("versionId", id(candidate)))))
                .isEqualTo("gate-not-passed");

        JsonNode approved = story.approve(candidate);
        assertThat(code(story.deploy("tiny", approved))).isEqualTo("name-taken");
        assertThat(story.deploy("support", approved).status()).isEqualTo(201);
        JsonNode served = served("support");
        assertThat(served.path("baseDigest")).isEqualTo(approved.path("digest"));
        assertThat(served.path("adapterDigest").asString("none")).isEqualTo("none");
        assertThat(story.as("engineer")
                        .get("/api/v1/versions/" + id(approved) + "/download")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anAdapterOfAModelWaitsForTheModelsApproval() throws IOException {
        JsonNode model = story.trainedWhole(base);
        JsonNode adapter = story.approved(model);
        TestApi.Answer early = story.deploy("further", adapter);
        assertThat(code(early)).isEqualTo("not-approved");
        assertThat(early.json().path("detail").asString()).contains(id(model).toString());

        story.approve(model);
        assertThat(story.deploy("further", adapter).status()).isEqualTo(201);
        assertThat(served("further").path("baseDigest")).isEqualTo(model.path("digest"));
        assertThat(served("further").path("adapterDigest")).isEqualTo(adapter.path("digest"));
    }

    @Test
    void aMergeIsDrawnWithEveryVersionThatItReads() throws IOException {
        JsonNode adapter = story.trained(base);
        JsonNode model = story.trainedWhole(base);
        UUID job = UUID.randomUUID();
        List<SourceVersion> sources = List.of(source(adapter, 0.25), source(model, 0.75));
        story.tell(new MergeRequested(job, "mixed", "weight-mix", id(base), sources, null, "engineer", null));
        story.tell(new MergeCompleted(
                job,
                "mixed",
                mergedDigest,
                id(base),
                base.path("digest").asString(),
                sources,
                null,
                null,
                "weight-mix",
                new JsonMapper().createObjectNode().put("density", 0.2),
                3,
                "0.1.0",
                12,
                "engineer",
                Story.ENVIRONMENT));
        JsonNode merged = story.candidate(job);
        assertThat(merged.path("kind").asString()).isEqualTo("MODEL");

        JsonNode graph = story.as("auditor")
                .get("/api/v1/versions/" + id(merged) + "/lineage?direction=up")
                .json();
        assertThat(graph.path("nodes").findValuesAsString("id"))
                .contains(
                        job.toString(),
                        id(base).toString(),
                        id(adapter).toString(),
                        id(model).toString());
        assertThat(graph.path("edges").toString()).contains(edge(adapter, job), edge(model, job), edge(base, job));
        JsonNode facts = graph.path("nodes")
                .valueStream()
                .filter(node -> node.path("id").asString().equals(job.toString()))
                .findFirst()
                .orElseThrow()
                .path("facts");
        assertThat(facts.path("sources").path(0).path("digest")).isEqualTo(adapter.path("digest"));
        assertThat(facts.path("environment").path("threads").asInt()).isEqualTo(2);
        assertThat(facts.path("sources").path(1).path("weight").asDouble()).isEqualTo(0.75);
    }

    @Test
    void trainingOverOtherVersionsIsDrawnWithThem() throws IOException {
        List<SourceVersion> sources = List.of(source(story.trained(base), 1), source(story.trained(base), 1));
        UUID job = UUID.randomUUID();
        TrainingCompleted plain = story.completed(base, job, UUID.randomUUID());
        story.tell(new TrainingRequested(
                job, "routed", "meteora", id(base), plain.datasetVersionId(), "engineer", null, sources));
        story.tell(new TrainingCompleted(
                job,
                "routed",
                plain.artifactDigest(),
                plain.baseVersionId(),
                plain.baseDigest(),
                plain.datasetVersionId(),
                plain.datasetDigest(),
                "meteora",
                "none",
                "sft",
                plain.parameters(),
                3,
                "0.1.0",
                plain.measurements(),
                "engineer",
                "adapter",
                null,
                sources));
        JsonNode routed = story.candidate(job);
        assertThat(routed.path("kind").asString()).isEqualTo("ADAPTER");
        String graph = story.as("auditor")
                .get("/api/v1/versions/" + id(routed) + "/lineage?direction=up")
                .text();
        for (SourceVersion source : sources) {
            assertThat(graph)
                    .contains("{\"from\":{\"kind\":\"version\",\"id\":\"%s\"},\"to\":{\"kind\":\"job\",\"id\":\"%s\"}}"
                            .formatted(source.versionId(), job));
        }
        assertThat(graph)
                .contains("\"sources\":[{", "\"versionId\":\"" + sources.get(1).versionId() + "\"");
    }

    private static String edge(JsonNode version, UUID job) {
        return "{\"from\":{\"kind\":\"version\",\"id\":\"%s\"},\"to\":{\"kind\":\"job\",\"id\":\"%s\"}}"
                .formatted(id(version), job);
    }

    private static SourceVersion source(JsonNode version, double weight) {
        return new SourceVersion(
                id(version),
                version.path("kind").asString(),
                version.path("digest").asString(),
                version.path("baseDigest").asString(),
                null,
                weight);
    }

    private JsonNode served(String model) {
        return story.service()
                .get("/internal/v1/deployments")
                .json()
                .valueStream()
                .filter(one -> one.path("model").asString().equals(model))
                .findFirst()
                .orElseThrow();
    }

    private static String code(TestApi.Answer answer) {
        return answer.json().path("code").asString();
    }
}
