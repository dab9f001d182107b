package dev.paddock.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.EvaluationCompleted;
import dev.paddock.contracts.event.Event;
import dev.paddock.contracts.event.SuiteScore;
import dev.paddock.contracts.event.TrainingCompleted;
import dev.paddock.contracts.event.TrainingEnvironment;
import dev.paddock.contracts.event.TrainingEnvironment.EarlierEnvironment;
import dev.paddock.contracts.event.TrainingMeasurements;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.testkit.TestApi;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The mechanics of a story in a tenant of its own: what other services tell, and what people do over REST. */
final class Story {
    private static final JsonMapper JSON = new JsonMapper();

    static final TrainingEnvironment ENVIRONMENT = new TrainingEnvironment(
            2, "2.7.1", "Xeon (avx2)", "bf16", List.of(new EarlierEnvironment(10, 4, "Xeon (avx2)")));

    final String tenant = "t" + UUID.randomUUID();
    private final TestApi api;
    private final ArtifactStore store;
    private final Producer<String, String> producer;

    Story(TestApi api, ArtifactStore store, Producer<String, String> producer) {
        this.api = api;
        this.store = store;
        this.producer = producer;
    }

    TestApi.As as(String role) {
        return api.as(role, tenant, role);
    }

    JsonNode importedBase(String name) throws IOException {
        return importedBase(name, Folders.base(store), "huggingface");
    }

    JsonNode importedBase(String name, String digest, String format) {
        TestApi.Answer answer = as("platform")
                .post(
                        "/api/v1/bases",
                        Map.of(
                                "name",
                                name,
                                "digest",
                                digest,
                                "format",
                                format,
                                "source",
                                "a folder",
                                "licence",
                                "MIT"));
        assertThat(answer.status()).as(answer.text()).isIn(200, 201);
        return answer.json();
    }

    /** A job on the base ends with an adapter; the registry makes a candidate of it. */
    JsonNode trained(JsonNode base) throws IOException {
        TrainingCompleted completed = completed(base, UUID.randomUUID(), UUID.randomUUID());
        tell(completed);
        return candidate(completed.jobId());
    }

    TrainingCompleted completed(JsonNode base, UUID job, UUID datasetVersion) throws IOException {
        String baseDigest = base.path("digest").asString();
        return new TrainingCompleted(
                job,
                "routing",
                Folders.adapter(store, baseDigest),
                id(base),
                baseDigest,
                datasetVersion,
                "sha256:" + "d".repeat(64),
                "lora",
                "lora",
                "sft",
                JSON.createObjectNode().put("r", 8),
                7,
                "0.1.0",
                new TrainingMeasurements(0.5, 1000, 1 << 20, 60, 60_000, 30),
                "engineer",
                null,
                ENVIRONMENT);
    }

    /** A job on the base ends with a whole model; the registry makes a candidate of it. */
    JsonNode trainedWhole(JsonNode base) throws IOException {
        TrainingCompleted adapter = completed(base, UUID.randomUUID(), UUID.randomUUID());
        tell(new TrainingCompleted(
                adapter.jobId(),
                "whole",
                Folders.base(store),
                adapter.baseVersionId(),
                adapter.baseDigest(),
                adapter.datasetVersionId(),
                adapter.datasetDigest(),
                "full",
                "full",
                "sft",
                adapter.parameters(),
                adapter.seed(),
                adapter.codeVersion(),
                adapter.measurements(),
                adapter.requestedBy(),
                "model",
                null));
        return candidate(adapter.jobId());
    }

    JsonNode candidate(UUID job) {
        return await().atMost(Duration.ofSeconds(20)).until(() -> versionOf(job), found -> !found.isMissingNode());
    }

    private JsonNode versionOf(UUID job) {
        JsonNode items =
                as("engineer").get("/api/v1/versions?jobId=" + job).json().path("items");
        return items.path(0);
    }

    /** Evaluation ends with a verdict about the version's digest; returns the evaluation's id once the registry knows. */
    UUID evaluated(JsonNode version, String verdict) {
        UUID evaluation = evaluationTold(version, verdict, true);
        await().atMost(Duration.ofSeconds(20)).until(() -> evaluation
                .toString()
                .equals(version(version).path("evaluationId").asString()));
        return evaluation;
    }

    /** Tells that an evaluation ended, on every suite or on fewer. */
    UUID evaluationTold(JsonNode version, String verdict, boolean allSuites) {
        UUID evaluation = UUID.randomUUID();
        tell(new EvaluationCompleted(
                evaluation,
                id(version),
                version.path("digest").asString(),
                verdict,
                List.of(new SuiteScore("held-out", "accuracy", 0.1, 0.9, 0.85, 0.94, 100, verdict)),
                allSuites));
        return evaluation;
    }

    /** Trained, evaluated, proposed by the engineer and approved by the approver. */
    JsonNode approved(JsonNode base) throws IOException {
        return approve(trained(base));
    }

    /** Evaluated, proposed by the engineer and approved by the approver. */
    JsonNode approve(JsonNode version) {
        evaluated(version, "PASS");
        assertThat(decide(proposed(version), "approve").status()).isEqualTo(200);
        return version(version);
    }

    JsonNode proposed(JsonNode version) {
        TestApi.Answer answer =
                as("engineer").post("/api/v1/approvals", Map.of("versionId", id(version), "comment", "better"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    TestApi.Answer decide(JsonNode approval, String decision) {
        return as("approver")
                .post("/api/v1/approvals/" + id(approval) + "/" + decision, Map.of("comment", "read it all"));
    }

    TestApi.Answer deploy(String model, JsonNode version) {
        return as("engineer").post("/api/v1/deployments", Map.of("model", model, "versionId", id(version)));
    }

    /** What workers are told to serve, as {@code model → versionId}. */
    Map<String, String> served() {
        JsonNode models = service().get("/internal/v1/deployments").json();
        return models.valueStream()
                .collect(java.util.stream.Collectors.toMap(
                        model -> model.path("model").asString(),
                        model -> model.path("versionId").asString()));
    }

    TestApi.As service() {
        return api.as("gateway", "default", "service").header("X-Paddock-Tenant", tenant);
    }

    JsonNode version(JsonNode version) {
        return as("auditor").get("/api/v1/versions/" + id(version)).json();
    }

    void tell(Event event) {
        tell(UUID.randomUUID(), event);
    }

    void tell(UUID eventId, Event event) {
        String json = CloudEvents.write(CloudEvents.wrap(event, "test", tenant, eventId, Instant.now()));
        assertThat(producer.send(new ProducerRecord<>(event.topic(), event.subject(), json)))
                .succeedsWithin(Duration.ofSeconds(10));
    }

    static UUID id(JsonNode resource) {
        return UUID.fromString(resource.path("id").asString());
    }
}
