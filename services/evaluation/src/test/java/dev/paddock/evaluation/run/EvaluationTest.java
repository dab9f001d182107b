package dev.paddock.evaluation.run;

import static org.awaitility.Awaitility.await;

import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.EvaluationCompleted;
import dev.paddock.contracts.event.VersionRegistered;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.inbox.EventProcessor;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import dev.paddock.testkit.TestInfrastructure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** What the stories of evaluations share: one service with a real database and broker, and one worker. */
@ServiceTest
abstract class EvaluationTest {
    protected static final FakeWorker WORKER = FakeWorker.start();
    protected static final UUID BASE = UUID.randomUUID();

    @Autowired
    protected TestApi api;

    @Autowired
    protected Evaluations evaluations;

    @Autowired
    private EventProcessor events;

    @Autowired
    private ArtifactStore artifacts;

    @TempDir
    private Path folder;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("paddock.services.worker", WORKER::url);
    }

    /** One runner serves every test, so each leaves it idle. */
    @AfterEach
    void letEveryEvaluationEnd() {
        WORKER.down = false;
        WORKER.letGo();
        await().atMost(Duration.ofSeconds(60)).until(() -> evaluations.findAll().stream()
                .noneMatch(e -> e.state() == EvaluationState.QUEUED || e.state() == EvaluationState.RUNNING));
    }

    protected VersionRegistered version() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            rows.add("{\"id\":\"row-" + i + "\",\"messages\":[{\"role\":\"user\",\"content\":\"code of " + i
                    + "\"},{\"role\":\"assistant\",\"content\":\"C-" + i + "\"}]}");
        }
        return version(rows);
    }

    protected VersionRegistered version(List<String> rows) throws IOException {
        return version(
                rows, "sha256:" + UUID.randomUUID().toString().replace("-", "").repeat(2));
    }

    /** A version whose artifact says what its labels are. */
    protected VersionRegistered classifier(String labels, List<String> rows) throws IOException {
        Path artifact = Files.createDirectories(folder.resolve("classifier-" + UUID.randomUUID()));
        Files.writeString(artifact.resolve("classifier.json"), labels);
        Files.writeString(artifact.resolve("README.md"), artifact.toString());
        return version(rows, artifacts.putFolder(artifact).value());
    }

    private VersionRegistered version(List<String> rows, String digest) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data-" + UUID.randomUUID()));
        Files.write(data.resolve("test.jsonl"), rows);
        String dataset = artifacts.putFolder(data).value();
        return new VersionRegistered(
                UUID.randomUUID(),
                "ADAPTER",
                "tickets",
                digest,
                BASE,
                "sha256:" + "b".repeat(64),
                UUID.randomUUID(),
                UUID.randomUUID(),
                dataset);
    }

    protected void register(VersionRegistered version) {
        events.process(CloudEvents.write(
                CloudEvents.wrap(version, "model-registry", "default", UUID.randomUUID(), Instant.now())));
    }

    protected JsonNode completed(UUID versionId) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> evaluations(versionId).get(0),
                        e -> e.path("state").asString().equals("COMPLETED"));
    }

    protected List<JsonNode> evaluations(UUID versionId) {
        List<JsonNode> found = new ArrayList<>();
        api.as("engineer")
                .get("/api/v1/evaluations?versionId=" + versionId)
                .json()
                .path("items")
                .forEach(found::add);
        return found;
    }

    protected static double score(JsonNode evaluation, String suite, String model) {
        for (JsonNode score : evaluation.path("scores")) {
            if (score.path("suite").asString().equals(suite)
                    && score.path("model").asString().equals(model)) {
                return score.path("value").asDouble();
            }
        }
        throw new AssertionError("no score of " + suite + " for " + model);
    }

    protected static JsonNode gate(JsonNode evaluation, String name) {
        return evaluation
                .path("gates")
                .valueStream()
                .filter(gate -> gate.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    protected static List<EvaluationCompleted> told(UUID versionId) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", TestInfrastructure.get().kafka());
        settings.put("group.id", UUID.randomUUID().toString());
        settings.put("auto.offset.reset", "earliest");
        List<EvaluationCompleted> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(EvaluationCompleted.TOPIC));
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(300))) {
                    var envelope = CloudEvents.read(message.value());
                    if (envelope.type().endsWith("EvaluationCompleted.v1")
                            && envelope.subject().equals(versionId.toString())) {
                        found.add(CloudEvents.event(envelope, EvaluationCompleted.class));
                    }
                }
                return !found.isEmpty();
            });
        }
        return found;
    }
}
