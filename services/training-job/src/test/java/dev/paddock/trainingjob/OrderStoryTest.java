package dev.paddock.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.testkit.TestApi;
import dev.paddock.testkit.TestApi.Answer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What an order may be, and what its owner sees of it. */
class OrderStoryTest extends TrainingJobTest {
    private static final String JOBS = "/api/v1/training-jobs";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "method           | orderin              | method            | did you mean ordering?",
                "params           | {\"learning_rate\":1} | params.learning_rate | did you mean learningRate?",
                "params           | {\"r\":0}            | params.r          | must have a minimum value of 1",
                "params           | {\"r\":\"eight\"}    | params.r          | string found, integer expected",
                "adapter          | dorra                | adapter           | did you mean dora",
                "objective        | dbo                  | objective         | did you mean dpo",
                "seed             | -1                   | seed              | must be 0 or more",
                "name             | ../x                 | name              | must be 1 to 100 letters",
                "baseVersionId    | 4d7c9f0e-0000-4000-8000-000000000000 | baseVersionId | see GET /api/v1/bases",
                "datasetVersionId | 4d7c9f0e-0000-4000-8000-000000000000 | datasetVersionId | must be a dataset version",
            })
    void aBadOrderIsRefusedWithTheValueTheRuleAndTheWayOut(String field, String value, String at, String rule) {
        world.announce("ordering");
        String json = value.startsWith("{") || field.equals("seed") ? value : "\"" + value + "\"";
        Map<String, Object> order = order("ordering");
        order.put(field, tools.jackson.databind.json.JsonMapper.shared().readTree(json));
        Answer refused = engineer().post(JOBS, order);
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().path("errors").get(0).path("field").asString())
                .isEqualTo(at);
        assertThat(refused.json().path("errors").get(0).path("rule").asString()).contains(rule);
        assertThat(refused.json().path("detail").asString()).contains(rule);
    }

    @Test
    void anOrderChoosesAnotherAdapterAndObjectiveWithTheirParameters() {
        world.announce("composed");
        Map<String, Object> order = order("composed");
        order.put("adapter", "dora");
        order.put("objective", "dpo");
        order.put("params", Map.of("width", 12, "beta", 0.25));
        Answer answer = engineer().post(JOBS, order);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        String job = answer.json().path("id").asString();
        JsonNode placed = engineer().get(JOBS + "/" + job).json();
        assertThat(placed.path("adapter").asString()).isEqualTo("dora");
        assertThat(placed.path("objective").asString()).isEqualTo("dpo");
        assertThat(placed.path("params").toString()).contains("\"width\":12", "\"beta\":0.25", "\"learningRate\":0.5");
        order.put("params", Map.of("r", 8));
        assertThat(engineer()
                        .post(JOBS, order)
                        .json()
                        .path("errors")
                        .get(0)
                        .path("field")
                        .asString())
                .isEqualTo("params.r");
        JsonNode described = engineer()
                .get("/api/v1/methods/composed?adapter=dora&objective=dpo")
                .json();
        assertThat(described.path("parameters").path("properties").propertyNames())
                .containsExactlyInAnyOrder("learningRate", "width", "beta");
        assertThat(described.path("example").path("method").asString()).isEqualTo("composed");
        assertThat(engineer().get("/api/v1/methods/parts").text()).contains("dora", "sft");
    }

    @Test
    void everyFaultIsToldAtOnce() {
        world.announce("ordering");
        Answer refused = engineer().post(JOBS, Map.of("method", "ordering", "params", Map.of("r", 0, "rr", 1)));
        assertThat(refused.json().path("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("name", "params.rr", "params.r", "baseVersionId", "datasetVersionId");
    }

    @Test
    void aDryRunAnswersWithWhatWouldRunAndStoresNothing() {
        world.announce("dry");
        Map<String, Object> order = order("dry");
        order.put("dryRun", true);
        Answer checked = engineer().post(JOBS, order);
        assertThat(checked.status()).isEqualTo(200);
        assertThat(checked.json().path("parameters").path("r").asInt()).isEqualTo(8);
        assertThat(worker("worker", "dry").tryClaim()).isNull();
    }

    @Test
    void aRepeatedOrderIsOneJob() {
        world.announce("repeated");
        TestApi.As keyed =
                engineer().header("Idempotency-Key", UUID.randomUUID().toString());
        Answer first = keyed.post(JOBS, order("repeated"));
        Answer again = keyed.post(JOBS, order("repeated"));
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.json()).isEqualTo(first.json());
        worker("one", "repeated").claim();
        assertThat(worker("two", "repeated").tryClaim()).isNull();
    }

    @Test
    void aCancelledJobStopsItsWorkerAndStaysCancelled() {
        world.announce("cancelled");
        String job = place("cancelled");
        Worker worker = worker("worker", "cancelled");
        worker.claim();
        assertThat(engineer()
                        .header("If-Match", "\"999\"")
                        .post(JOBS + "/" + job + "/cancel", null)
                        .status())
                .isEqualTo(412);
        assertThat(engineer()
                        .post(JOBS + "/" + job + "/cancel", null)
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("CANCELLED");
        assertThat(engineer().post(JOBS + "/" + job + "/cancel", null).status()).isEqualTo(200);
        assertThat(worker.renew(2).json().path("cancel").asBoolean()).isTrue();
        assertThat(worker.complete().status()).isEqualTo(409);
        await().untilAsserted(() -> assertThat(Told.about(job)).containsOnlyOnce("TrainingCancelled"));
    }

    @Test
    void aFinishedJobCannotBeCancelled() {
        world.announce("finished");
        String job = place("finished");
        Worker worker = worker("worker", "finished");
        worker.claim();
        worker.complete();
        Answer refused = engineer().post(JOBS + "/" + job + "/cancel", null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("finished");
    }

    @Test
    void aDatasetVersionDeletedUnderAJobFailsItWithThatCause() {
        world.announce("deleted");
        UUID dataset = UUID.randomUUID();
        UUID version = UUID.randomUUID();
        world.publish(dataset, version, 1);
        Map<String, Object> order = order("deleted");
        order.put("datasetVersionId", version.toString());
        await().until(() -> engineer().post(JOBS, withDryRun(order)).status() == 200);
        String job = engineer().post(JOBS, order).json().path("id").asString();
        Worker worker = worker("worker", "deleted");
        worker.claim();

        world.delete(dataset, version);
        await().until(() -> state(job).equals("FAILED"));
        assertThat(job(job).path("error").path("code").asString()).isEqualTo("dataset-version-deleted");
        assertThat(worker.renew(2).json().path("cancel").asBoolean()).isTrue();
        assertThat(worker.complete().status()).isEqualTo(409);
        assertThat(engineer().post(JOBS, order).json().path("detail").asString())
                .contains("was deleted");
        await().untilAsserted(() -> assertThat(Told.about(job)).containsOnlyOnce("TrainingFailed"));
    }

    @Test
    void aDeletionThatComesBeforeItsPublicationStands() {
        world.announce("overtaken");
        UUID dataset = UUID.randomUUID();
        UUID version = UUID.randomUUID();
        world.delete(dataset, version);
        world.publish(dataset, version, 1);
        Map<String, Object> order = order("overtaken");
        order.put("datasetVersionId", version.toString());
        await().untilAsserted(
                        () -> assertThat(engineer().post(JOBS, order).text()).contains("was deleted"));
        world.publish(dataset, version, 1);
        UUID later = UUID.randomUUID();
        world.publish(dataset, later, 2);
        Map<String, Object> next = order("overtaken");
        next.put("datasetVersionId", later.toString());
        await().until(() -> engineer().post(JOBS, withDryRun(next)).status() == 200);
        assertThat(engineer().post(JOBS, order).text()).contains("was deleted");
    }

    @Test
    void jobsOfAnotherTenantAreNotThere() {
        world.announce("private");
        String job = place("private");
        TestApi.As stranger = api.as("stranger", "other", "engineer");
        assertThat(stranger.get(JOBS + "/" + job).status()).isEqualTo(404);
        assertThat(stranger.get(JOBS + "/" + job + "/logs").status()).isEqualTo(404);
        assertThat(stranger.post(JOBS + "/" + job + "/cancel", null).status()).isEqualTo(404);
        assertThat(stranger.get(JOBS).json().path("items").isEmpty()).isTrue();
        assertThat(stranger.post(JOBS, order("private")).json().path("errors").findValuesAsString("field"))
                .contains("baseVersionId", "datasetVersionId");
    }

    @Test
    void onlyEngineersOrder() {
        assertThat(api.as("approver").post(JOBS, order("lora")).status()).isEqualTo(403);
        assertThat(api.anonymous().get(JOBS).status()).isEqualTo(401);
    }

    @Test
    void theOpenApiDocumentIsPublished() {
        assertThat(api.anonymous().get("/v3/api-docs").json().path("paths").propertyNames())
                .contains(JOBS, JOBS + "/{id}/events", "/api/v1/triggers/{id}/firings", "/api/v1/methods/{id}");
    }

    @Test
    void listsHavePages() {
        world.announce("paged");
        String older = place("paged");
        String newer = place("paged");
        Answer first = engineer().get(JOBS + "?limit=1");
        assertThat(first.json().path("items").findValuesAsString("id")).containsExactly(newer);
        Answer second = engineer()
                .get(JOBS + "?limit=1&cursor=" + first.json().path("next").asString());
        assertThat(second.json().path("items").findValuesAsString("id")).containsExactly(older);
    }

    private static Map<String, Object> withDryRun(Map<String, Object> order) {
        Map<String, Object> dry = new java.util.HashMap<>(order);
        dry.put("dryRun", true);
        return dry;
    }
}
