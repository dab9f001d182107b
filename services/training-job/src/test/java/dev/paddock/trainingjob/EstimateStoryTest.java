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
