package dev.paddock.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.contracts.event.BaseImported;
import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.DeploymentChanged;
import dev.paddock.contracts.event.Event;
import dev.paddock.contracts.event.VersionRegistered;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** A tenant of its own for each test, the worker written by hand, and what model-registry tells. */
@ServiceTest(properties = {"paddock.guard.window-characters=1000", "paddock.guard.worker-timeout=2s"})
abstract class GuardStory {
    static final String BASE_DIGEST = "sha256:" + "b".repeat(64);

    @Autowired
    TestApi api;

    @Autowired
    JdbcClient database;

    @Autowired
    private Producer<String, String> producer;

    final FakeWorker worker = FakeWorker.INSTANCE;
    final String tenant = "t" + UUID.randomUUID();

    @DynamicPropertySource
    static void workerAddress(DynamicPropertyRegistry registry) {
        registry.add("paddock.services.worker", FakeWorker.INSTANCE::address);
    }

    @BeforeEach
    void theWorkerWorks() {
        worker.reset();
    }

    /** A guard is imported and deployed; returns its version once this service knows. */
    UUID deployedGuard() {
        UUID base = UUID.randomUUID();
        UUID guard = UUID.randomUUID();
        tell(new DeploymentChanged(UUID.randomUUID(), "starter-guard", guard, "LIVE", "platform"));
        tell(new VersionRegistered(
                guard, "GUARD", "starter-guard", digest(guard), base, BASE_DIGEST, null, null, null));
        tell(new BaseImported(base, "tiny", BASE_DIGEST, "huggingface", "a folder", null, "platform"));
        awaitRow("SELECT count(*) FROM known_base WHERE id = '" + base + "'");
        awaitRow("SELECT count(*) FROM known_guard WHERE id = '" + guard + "'");
        awaitRow("SELECT count(*) FROM known_deployment WHERE version_id = '" + guard + "'");
        return guard;
    }

    void undeployedGuard() {
        tell(new DeploymentChanged(UUID.randomUUID(), "starter-guard", null, "UNDEPLOYED", "platform"));
        awaitRow("SELECT count(*) FROM known_deployment WHERE version_id IS NULL AND tenant = '" + tenant + "'");
    }

    static String digest(UUID guard) {
        return "sha256:" + (guard.toString().replace("-", "") + "0".repeat(64)).substring(0, 64);
    }

    private void awaitRow(String count) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> database.sql(count).query(Long.class).single() == 1);
    }

    private void tell(Event event) {
        String json = CloudEvents.write(
                CloudEvents.wrap(event, "model-registry", tenant, UUID.randomUUID(), Instant.now()));
        assertThat(producer.send(new ProducerRecord<>(event.topic(), event.subject(), json)))
                .succeedsWithin(Duration.ofSeconds(10));
    }

    TestApi.As as(String role) {
        return api.as(role, tenant, role);
    }

    TestApi.Answer judge(String role, String... turns) {
        return judge(null, role, turns);
    }

    /** Turns are {@code role:text}. */
    TestApi.Answer judge(@Nullable UUID policy, String role, String... turns) {
        List<Map<String, String>> messages = java.util.Arrays.stream(turns)
                .map(turn -> turn.split(":", 2))
                .map(turn -> Map.of("role", turn[0], "content", turn[1]))
                .toList();
        Map<String, Object> request = new java.util.HashMap<>(Map.of("role", role, "messages", messages));
        if (policy != null) {
            request.put("policyId", policy);
        }
        return api.as("gateway", "default", "service")
                .header("X-Paddock-Tenant", tenant)
                .post("/internal/v1/verdicts", request);
    }

    JsonNode items(String path) {
        return as("auditor").get(path).json().path("items");
    }

    static String code(TestApi.Answer answer) {
        return answer.json().path("code").asString();
    }
}
