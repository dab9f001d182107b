package dev.paddock.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.contracts.event.DatasetVersionPublished;
import dev.paddock.testkit.TestApi.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** "When this dataset gets a new version, train with these parameters." */
class TriggerStoryTest extends TrainingJobTest {
    private static final String TRIGGERS = "/api/v1/triggers";
    private final UUID dataset = UUID.randomUUID();

    @Test
    void aNewVersionIsTrainedOnOnceWhateverKafkaRepeats() {
        world.announce("retraining");
        String trigger = create("retraining", "PT0S");
        DatasetVersionPublished published = world.published(dataset, UUID.randomUUID(), 1);
        UUID id = UUID.randomUUID();
        world.tell(published, id);
        world.tell(published, id);
        world.tell(published);
        DatasetVersionPublished next = world.published(dataset, UUID.randomUUID(), 2);
        world.tell(next);

        await().until(() -> firings(trigger).size() == 2);
        assertThat(firings(trigger).findValuesAsString("outcome")).containsExactly("FIRED", "FIRED");
        assertThat(firings(trigger).findValuesAsString("datasetVersionId"))
                .containsExactly(
                        next.versionId().toString(), published.versionId().toString());
        JsonNode job = worker("one", "retraining").claim();
        assertThat(job.path("order").path("datasetVersionId").asString())
                .isEqualTo(published.versionId().toString());
        assertThat(job.path("order").path("parameters").path("r").asInt()).isEqualTo(4);
        worker("two", "retraining").claim();
        assertThat(worker("three", "retraining").tryClaim()).isNull();
        assertThat(job(job.path("jobId").asString()).path("triggerId").asString())
                .isEqualTo(trigger);
    }

    @Test
    void itCoolsDownAndCanBeSwitchedOff() {
        world.announce("cooling");
        String trigger = create("cooling", "PT1H");
        world.publish(dataset, UUID.randomUUID(), 1);
        world.publish(dataset, UUID.randomUUID(), 2);
        await().until(() -> firings(trigger).size() == 2);
        assertThat(firings(trigger).findValuesAsString("outcome")).containsExactly("COOLING_DOWN", "FIRED");

        clock.advance(Duration.ofHours(1));
        world.publish(dataset, UUID.randomUUID(), 3);
        await().until(() -> firings(trigger).size() == 3);
        assertThat(firings(trigger).get(0).path("outcome").asString()).isEqualTo("FIRED");

        Answer before = engineer().get(TRIGGERS + "/" + trigger);
        var matching = engineer().header("If-Match", String.valueOf(before.header("ETag")));
        assertThat(matching.patch(TRIGGERS + "/" + trigger, Map.of("enabled", false))
                        .status())
                .isEqualTo(200);
        assertThat(matching.patch(TRIGGERS + "/" + trigger, Map.of("enabled", true))
                        .status())
                .as("the version has moved on")
                .isEqualTo(412);
        String watching = create("cooling", "PT0S");
        world.publish(dataset, UUID.randomUUID(), 4);
        await().until(() -> firings(watching).size() == 1);
        assertThat(firings(trigger)).hasSize(3);
    }

    @Test
    void anOrderThatCannotFitIsNotPlacedAndTheFiringSaysWhy() {
        world.announce("oversized");
        Answer created = engineer().post(TRIGGERS, trigger("oversized", "PT0S", Map.of("r", 512)));
        String trigger = created.json().path("id").asString();
        world.publish(dataset, UUID.randomUUID(), 1);
        await().until(() -> firings(trigger).size() == 1);
        assertThat(firings(trigger).get(0).path("outcome").asString()).isEqualTo("REFUSED");
        assertThat(firings(trigger).get(0).path("detail").asString())
                .contains("3.0 GiB", "It fits with batchSize 2 with gradientAccumulation 2");
        assertThat(worker("one", "oversized").tryClaim()).isNull();
    }

    @Test
    void anOrderThatCannotRunIsRefusedWhenTheTriggerIsMade() {
        world.announce("refused");
        Answer unknown = engineer().post(TRIGGERS, trigger("refuse", "PT0S", Map.of()));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().path("detail").asString()).contains("did you mean refused?");
        Answer bound = engineer().post(TRIGGERS, trigger("refused", "PT0S", Map.of("r", 9999)));
        assertThat(bound.json().path("errors").findValuesAsString("field")).containsExactly("params.r");
        Answer negative = engineer().post(TRIGGERS, trigger("refused", "-PT1H", Map.of()));
        assertThat(negative.json().path("errors").findValuesAsString("field")).containsExactly("coolDown");
    }

    @Test
    void aRemovedTriggerIsGone() {
        world.announce("removed");
        String trigger = create("removed", "PT0S");
        assertThat(api.as("approver").delete(TRIGGERS + "/" + trigger).status()).isEqualTo(403);
        assertThat(engineer().delete(TRIGGERS + "/" + trigger).status()).isEqualTo(204);
        assertThat(engineer().get(TRIGGERS + "/" + trigger).status()).isEqualTo(404);
    }

    private String create(String method, String coolDown) {
        Answer created = engineer().post(TRIGGERS, trigger(method, coolDown, Map.of("r", 4)));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json().path("id").asString();
    }

    private Map<String, Object> trigger(String method, String coolDown, Map<String, Object> params) {
        Map<String, Object> order = new HashMap<>(order(method));
        order.remove("datasetVersionId");
        order.put("params", params);
        return Map.of(
                "name",
                "fresh handbook",
                "datasetId",
                dataset.toString(),
                "order",
                order,
                "coolDown",
                coolDown,
                "enabled",
                true);
    }

    private JsonNode firings(String trigger) {
        return engineer().get(TRIGGERS + "/" + trigger + "/firings").json().path("items");
    }
}
