package dev.paddock.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.TestApi.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Memory and time are told before an order waits; what cannot fit is refused with a way out. */
class EstimateStoryTest extends TrainingJobTest {
    private static final String JOBS = "/api/v1/training-jobs";

    @Test
    void anOrderIsEstimatedWithoutBeingPlaced() {
        world.announce("estimated");
        Answer estimate = engineer().post(JOBS + "/estimate", order("estimated"));
        assertThat(estimate.status()).as(estimate.text()).isEqualTo(200);
        assertThat(estimate.json().path("seconds").asDouble()).isEqualTo(34.5);
        assertThat(estimate.json().path("assumptions")).hasSize(1);
        assertThat(worker("worker", "estimated").tryClaim()).isNull();
        assertThat(api.as("approver")
                        .post(JOBS + "/estimate", order("estimated"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void anOrderThatCannotFitIsRefusedWithTheSmallestChange() {
        world.announce("large");
        Map<String, Object> order = order("large");
        order.put("params", Map.of("r", 512));
        Answer refused = engineer().post(JOBS, order);
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.json().path("code").asString()).isEqualTo("does-not-fit");
        assertThat(refused.json().path("detail").asString())
                .contains("3.0 GiB", "2.0 GiB", "It fits with batchSize 2 with gradientAccumulation 2");
        assertThat(worker("worker", "large").tryClaim()).isNull();
    }

    @Test
    void aDryRunTellsWhatTheOrderWouldTake() {
        world.announce("dry-estimated");
        Answer checked = engineer().post(JOBS, dry("dry-estimated", 8));
        assertThat(checked.status()).as(checked.text()).isEqualTo(200);
        assertThat(checked.json().path("method").asString()).isEqualTo("dry-estimated");
        assertThat(checked.json().path("estimate").path("seconds").asDouble()).isEqualTo(34.5);
        assertThat(checked.json().has("noEstimate")).isFalse();
        assertThat(engineer().post(JOBS, dry("dry-estimated", 512)).status()).isEqualTo(422);
    }

    @Test
    void aDryRunSaysPlainlyThatNobodyEstimates() {
        world.announce("dry-unjudged");
        Answer checked = engineer().post(JOBS, dry("dry-unjudged", 511));
        assertThat(checked.status()).as(checked.text()).isEqualTo(200);
        assertThat(checked.json().path("parameters").path("r").asInt()).isEqualTo(511);
        assertThat(checked.json().has("estimate")).isFalse();
        assertThat(checked.json().path("noEstimate").asString()).contains("no training worker answers");
    }

    private Map<String, Object> dry(String method, int rank) {
        Map<String, Object> order = order(method);
        order.put("params", Map.of("r", rank));
        order.put("dryRun", true);
        return order;
    }

    @Test
    void aSilentWorkerHoldsNoOrderUp() {
        world.announce("unjudged");
        Map<String, Object> order = order("unjudged");
        order.put("params", Map.of("r", 511));
        assertThat(engineer().post(JOBS, order).status()).isEqualTo(201);
        Answer estimate = engineer().post(JOBS + "/estimate", order);
        assertThat(estimate.status()).isEqualTo(503);
        assertThat(estimate.json().path("code").asString()).isEqualTo("no-estimate");
    }
}
