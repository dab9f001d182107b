package dev.paddock.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.registry.log.ApprovalLog;
import dev.paddock.registry.log.LogAction;
import dev.paddock.registry.log.LogSubject;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** The log cannot be changed by statement, and a change made underneath is found. */
@ServiceTest
class ApprovalLogTest {
    @Autowired
    private JdbcClient database;

    @Autowired
    private ApprovalLog log;

    @Autowired
    private PlatformTransactionManager transactions;

    private Story story;

    @BeforeEach
    void anApprovalIsOnTheLog(
            @Autowired TestApi api, @Autowired ArtifactStore store, @Autowired Producer<String, String> producer)
            throws IOException {
        story = new Story(api, store, producer);
        story.approved(story.importedBase("tiny"));
    }

    @Test
    void itTellsEveryStepWithItsPerson() {
        JsonNode items = story.as("auditor").get("/api/v1/approval-log").json().path("items");

        assertThat(items)
                .extracting(entry -> entry.path("action").asString() + " "
                        + entry.path("actor").asString())
                .containsExactly("VERSION_APPROVED approver", "APPROVAL_REQUESTED engineer", "BASE_IMPORTED platform");
        assertThat(items.path(0).path("previousHash")).isEqualTo(items.path(1).path("hash"));
        JsonNode page = story.as("auditor").get("/api/v1/approval-log?limit=2").json();
        assertThat(story.as("auditor")
                        .get("/api/v1/approval-log?limit=2&cursor="
                                + page.path("next").asString())
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(verified().path("valid").asBoolean()).isTrue();
        assertThat(verified().path("entries").asInt()).isEqualTo(3);
    }

    @Test
    void statementsThatChangeItAreRefused() {
        for (String statement :
                List.of("UPDATE approval_log SET actor = 'x'", "DELETE FROM approval_log", "TRUNCATE approval_log")) {
            assertThatThrownBy(() -> database.sql(statement).update()).hasMessageContaining("append-only");
        }
    }

    @Test
    void anEntryChangedUnderneathIsFound() {
        underneath("UPDATE approval_log SET actor = 'mallory' WHERE tenant = ? AND sequence = 2");

        JsonNode outcome = verified();

        assertThat(outcome.path("valid").asBoolean()).isFalse();
        assertThat(outcome.path("firstBroken").asInt()).isEqualTo(2);
    }

    @Test
    void anEntryRemovedOrMadeUnreadableUnderneathIsFound() {
        underneath("UPDATE approval_log SET details = 'no json' WHERE tenant = ? AND sequence = 3");
        assertThat(verified().path("firstBroken").asInt()).isEqualTo(3);
        underneath("DELETE FROM approval_log WHERE tenant = ? AND sequence = 1");
        assertThat(verified().path("firstBroken").asInt()).isEqualTo(1);
    }

    @Test
    void anEntryCutOffTheEndIsMissedByItsAct() {
        underneath("DELETE FROM approval_log WHERE tenant = ? AND sequence = 3");

        assertThat(verified().path("valid").asBoolean()).isFalse();
        assertThat(verified().path("firstBroken").asInt()).isEqualTo(3);
        assertThat(verified().path("reason").asString()).contains("VERSION_APPROVED of approval");
    }

    @Test
    void whatWasNotedMustStillBeThere() {
        new TransactionTemplate(transactions)
                .execute(status -> log.append(
                        story.tenant, "anna", LogAction.APPROVAL_VOIDED, new LogSubject("approval", "a", Map.of())));
        JsonNode noted = verified();
        Map<String, ?> anchor = Map.of(
                "sequence",
                noted.path("entries").asLong(),
                "hash",
                noted.path("head").asString());
        assertThat(verified(anchor).path("valid").asBoolean()).isTrue();
        assertThat(verified(Map.of("sequence", 4, "hash", "sha256:other"))
                        .path("firstBroken")
                        .asInt())
                .isEqualTo(4);

        underneath("DELETE FROM approval_log WHERE tenant = ? AND sequence = 4");
        assertThat(verified(Map.of()).path("valid").asBoolean())
                .as("nothing else tells of that entry")
                .isTrue();
        assertThat(verified(anchor).path("valid").asBoolean()).isFalse();
        assertThat(verified(anchor).path("reason").asString()).contains("cut off");
        TestApi.Answer half = story.as("auditor").post("/api/v1/approval-log/verify", Map.of("sequence", 4));
        assertThat(half.status()).isEqualTo(400);
    }

    @Test
    void writersAtTheSameTimeMakeOneChain() throws Exception {
        Callable<Object> write = () -> new TransactionTemplate(transactions)
                .execute(status -> log.append(
                        story.tenant, "anna", LogAction.VERSION_APPROVED, new LogSubject("approval", "a", Map.of())));
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            for (Future<Object> written : writers.invokeAll(
                    IntStream.range(0, 24).mapToObj(i -> write).toList())) {
                assertThat(written.get()).isNotNull();
            }
        } finally {
            writers.shutdownNow();
        }

        assertThat(verified().path("valid").asBoolean()).isTrue();
        assertThat(verified().path("entries").asInt()).isEqualTo(27);
    }

    private JsonNode verified() {
        return story.as("auditor").post("/api/v1/approval-log/verify", null).json();
    }

    private JsonNode verified(Map<String, ?> anchor) {
        return story.as("auditor").post("/api/v1/approval-log/verify", anchor).json();
    }

    private void underneath(String statement) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            database.sql("ALTER TABLE approval_log DISABLE TRIGGER USER").update();
            database.sql(statement).param(story.tenant).update();
            database.sql("ALTER TABLE approval_log ENABLE TRIGGER USER").update();
        });
    }
}
