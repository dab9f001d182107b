package dev.paddock.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.EvaluationCompleted;
import dev.paddock.contracts.event.SuiteScore;
import dev.paddock.contracts.event.VersionRegistered;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.inbox.EventProcessor;
import dev.paddock.testkit.AccessCoverage;
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
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** From a registered version to its verdict, with a real database and broker. */
@ServiceTest
class EvaluationStoryTest {
    private static final FakeWorker WORKER = FakeWorker.start();
    private static final UUID BASE = UUID.randomUUID();

    @Autowired
    private TestApi api;

    @Autowired
    private EventProcessor events;

    @Autowired
    private ArtifactStore artifacts;

    @Autowired
    private EvaluationService service;

    @Autowired
    private Evaluations evaluations;

    @TempDir
    private Path folder;

    @AfterAll
    static void stopWorker() {
        WORKER.close();
    }

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

    @Test
    void anAdapterThatLearnedItsTaskAndForgotNothingPasses() throws IOException {
        VersionRegistered version = version();
        register(version);
        register(version);

        JsonNode evaluation = completed(version.versionId());
        assertThat(evaluation.path("verdict").asString()).isEqualTo("PASS");
        assertThat(score(evaluation, "held-out", "base")).isZero();
        assertThat(score(evaluation, "held-out", "candidate")).isEqualTo(1);
        assertThat(score(evaluation, "general", "base")).isEqualTo(score(evaluation, "general", "candidate"));
        assertThat(evaluations(version.versionId()))
                .as("a repeated event starts nothing")
                .hasSize(1);
        assertThat(told(version.versionId())).singleElement().satisfies(e -> assertThat(e.artifactDigest())
                .isEqualTo(version.digest()));
        JsonNode pairs = api.as("approver")
                .get("/api/v1/evaluations/" + evaluation.path("id").asString() + "/items?limit=5")
                .json();
        assertThat(pairs.path("items")).hasSize(5);
        assertThat(pairs.path("next").asString()).isNotEmpty();
    }

    @Test
    void aWorkerThatIsAwayOnlyDelaysAndABaseIsAskedOnce() throws IOException {
        WORKER.down = true;
        VersionRegistered first = version();
        register(first);
        await().atMost(Duration.ofSeconds(20)).until(() -> WORKER.calls.get() > 0);
        WORKER.down = false;
        completed(first.versionId());

        int before = WORKER.calls.get();
        VersionRegistered second = new VersionRegistered(
                UUID.randomUUID(),
                "ADAPTER",
                "again",
                "sha256:" + "e".repeat(64),
                BASE,
                first.baseDigest(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                first.datasetDigest());
        register(second);
        JsonNode evaluation = completed(second.versionId());
        int items = evaluation.path("progress").path("total").asInt() / 2;
        assertThat(WORKER.calls.get() - before)
                .as("only the candidate is asked")
                .isLessThan(items);
    }

    @Test
    void whoAsksFewerSuitesProvesNothing() throws IOException {
        VersionRegistered version = version();
        register(version);
        completed(version.versionId());
        api.as("engineer")
                .post(
                        "/api/v1/evaluations",
                        Map.of("versionId", version.versionId(), "suites", List.of("held-out", "held-out")));

        JsonNode narrow = completed(version.versionId());
        assertThat(narrow.path("scores")).hasSize(2);
        assertThat(gate(narrow, "held-out").path("verdict").asString()).isEqualTo("PASS");
        assertThat(gate(narrow, "general").path("verdict").asString()).isEqualTo("INCONCLUSIVE");
        assertThat(gate(narrow, "general").path("detail").asString()).contains("not asked");
        assertThat(narrow.path("verdict").asString()).isEqualTo("INCONCLUSIVE");
        await().untilAsserted(() -> assertThat(told(version.versionId()))
                .extracting(EvaluationCompleted::allSuites)
                .containsExactly(true, false));
    }

    @Test
    void aDatasetWithoutTestRowsProvesNothing() throws IOException {
        VersionRegistered version = version(List.of());
        register(version);

        JsonNode evaluation = completed(version.versionId());
        assertThat(gate(evaluation, "general").path("verdict").asString()).isEqualTo("PASS");
        assertThat(gate(evaluation, "held-out").path("verdict").asString()).isEqualTo("INCONCLUSIVE");
        assertThat(evaluation.path("verdict").asString()).isEqualTo("INCONCLUSIVE");
        assertThat(told(version.versionId())).singleElement().satisfies(e -> {
            assertThat(e.verdict()).isEqualTo("INCONCLUSIVE");
            assertThat(e.scores()).extracting(SuiteScore::suite).containsExactly("general");
        });
    }

    @Test
    void choicesAreScoredInTheChatWithEveryTurn() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            rows.add("{\"id\":\"row-" + i + "\",\"choices\":[\"card\",\"transfer\"],\"messages\":["
                    + "{\"role\":\"system\",\"content\":\"transfer\"},{\"role\":\"user\",\"content\":\"which one? " + i
                    + "\"},{\"role\":\"assistant\",\"content\":\"transfer\"}]}");
        }
        VersionRegistered version = version(rows);
        register(version);

        JsonNode evaluation = completed(version.versionId());
        assertThat(score(evaluation, "held-out", "base")).isZero();
        assertThat(score(evaluation, "held-out", "candidate")).isEqualTo(1);
        assertThat(evaluation.path("scores").findValuesAsString("metric")).containsOnly("acc_norm");
    }

    @Test
    void anItemThatIsTooLongCountsAsWrongForBothAndIsCounted() throws IOException {
        for (boolean choices : new boolean[] {true, false}) {
            List<String> rows = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String question = i == 17 ? FakeWorker.OVERLONG : "code of " + i;
                String answer = choices ? "transfer" : "C-" + i;
                rows.add("{\"id\":\"row-" + i + "\"," + (choices ? "\"choices\":[\"card\",\"transfer\"]," : "")
                        + "\"messages\":[" + (choices ? "{\"role\":\"system\",\"content\":\"transfer\"}," : "")
                        + "{\"role\":\"user\",\"content\":\"" + question
                        + "\"},{\"role\":\"assistant\",\"content\":\"" + answer + "\"}]}");
            }
            VersionRegistered version = version(rows);
            register(version);

            JsonNode evaluation = completed(version.versionId());
            assertThat(score(evaluation, "held-out", "candidate")).isEqualTo(39.0 / 40);
            assertThat(gate(evaluation, "held-out").path("detail").asString())
                    .contains("1 of 40 items are longer than the context");
            assertThat(evaluation.path("verdict").asString()).isEqualTo("PASS");
        }
    }

    @Test
    void anEvaluationListsItsOwnItemsAlone() throws IOException {
        VersionRegistered version = version();
        register(version);
        completed(version.versionId());
        String row = "{\"id\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"code of one\"},"
                + "{\"role\":\"assistant\",\"content\":\"C-one\"}],\"label\":%b}";
        VersionRegistered other = version(List.of(row.formatted("only", true), row.formatted("judged-bad", false)));
        register(other);

        String evaluation = completed(other.versionId()).path("id").asString();
        List<String> heldOut = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.as("approver")
                    .get("/api/v1/evaluations/" + evaluation + "/items?limit=200" + cursor)
                    .json();
            page.path("items")
                    .valueStream()
                    .filter(pair -> pair.path("suite").asString().equals("held-out"))
                    .forEach(pair -> heldOut.add(pair.path("itemId").asString()));
            cursor = page.path("next").asString("").isEmpty()
                    ? ""
                    : "&cursor=" + page.path("next").asString();
        } while (!cursor.isEmpty());
        assertThat(heldOut).containsExactly("only");
    }

    @Test
    void newsOfARunWaitForEachOtherAndNoneIsLost() throws Exception {
        WORKER.hold();
        VersionRegistered version = version();
        Evaluation claimed = claimed(version);
        ExecutorService runners = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> news = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                int done = i;
                news.add(() -> service.progress(claimed, done, 100));
            }
            for (Future<Boolean> told : runners.invokeAll(news)) {
                assertThat(told.get()).isNotNull();
            }
        } finally {
            runners.shutdownNow();
            WORKER.letGo();
        }
        completed(version.versionId());
    }

    @Test
    void lateNewsDoNotKeepAClaimThatWasGivenBack() throws IOException {
        WORKER.hold();
        VersionRegistered version = version();
        Evaluation claimed = claimed(version);
        service.release(claimed);
        assertThat(service.progress(claimed, 1, 100)).isFalse();
        WORKER.letGo();
        completed(version.versionId());
    }

    private Evaluation claimed(VersionRegistered version) {
        register(version);
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> evaluations.page("default", new UUID(-1L, -1L), version.versionId(), 1),
                        found -> !found.isEmpty() && found.get(0).state() == EvaluationState.RUNNING)
                .get(0);
    }

    @Test
    void ordersAreCheckedBeforeAnythingRuns() throws IOException {
        VersionRegistered version = version();
        register(version);
        assertThat(api.as("engineer")
                        .post("/api/v1/evaluations", Map.of("versionId", UUID.randomUUID()))
                        .status())
                .isEqualTo(404);
        TestApi.Answer answer = api.as("engineer")
                .post("/api/v1/evaluations", Map.of("versionId", version.versionId(), "suites", List.of("held-ou")));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("unknown-suite").contains("held-out");
        assertThat(api.as("steward")
                        .post("/api/v1/evaluations", Map.of("versionId", version.versionId()))
                        .status())
                .isEqualTo(403);
        assertThat(api.as("engineer", "other", "engineer")
                        .get("/api/v1/evaluations")
                        .json()
                        .path("items"))
                .isEmpty();
    }

    private static JsonNode gate(JsonNode evaluation, String name) {
        return evaluation
                .path("gates")
                .valueStream()
                .filter(gate -> gate.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private VersionRegistered version() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            rows.add("{\"id\":\"row-" + i + "\",\"messages\":[{\"role\":\"user\",\"content\":\"code of " + i
                    + "\"},{\"role\":\"assistant\",\"content\":\"C-" + i + "\"}]}");
        }
        return version(rows);
    }

    private VersionRegistered version(List<String> rows) throws IOException {
        Files.write(folder.resolve("test.jsonl"), rows);
        String dataset = artifacts.putFolder(folder).value();
        String digest =
                "sha256:" + UUID.randomUUID().toString().replace("-", "").repeat(2);
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

    private void register(VersionRegistered version) {
        events.process(CloudEvents.write(
                CloudEvents.wrap(version, "model-registry", "default", UUID.randomUUID(), Instant.now())));
    }

    private JsonNode completed(UUID versionId) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> evaluations(versionId).get(0),
                        e -> e.path("state").asString().equals("COMPLETED"));
    }

    private List<JsonNode> evaluations(UUID versionId) {
        List<JsonNode> found = new ArrayList<>();
        api.as("engineer")
                .get("/api/v1/evaluations?versionId=" + versionId)
                .json()
                .path("items")
                .forEach(found::add);
        return found;
    }

    private static double score(JsonNode evaluation, String suite, String model) {
        for (JsonNode score : evaluation.path("scores")) {
            if (score.path("suite").asString().equals(suite)
                    && score.path("model").asString().equals(model)) {
                return score.path("value").asDouble();
            }
        }
        throw new AssertionError("no score of " + suite + " for " + model);
    }

    private static List<EvaluationCompleted> told(UUID versionId) {
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

    @Test
    void everyEndpointHasOneLineOfTheAccessTableAndEveryLineItsEndpoint(@Autowired ApplicationContext context) {
        AccessCoverage coverage = new AccessCoverage(context);

        assertThat(coverage.endpointsWithoutTheirLine()).isEmpty();
        assertThat(coverage.linesWithoutEndpoint(Set.of("*", "suites", "evaluations")))
                .isEmpty();
    }
}
