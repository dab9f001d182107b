package dev.paddock.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.event.VersionRegistered;
import dev.paddock.testkit.TestApi;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Ordering an evaluation. */
class OrderStoryTest extends EvaluationTest {
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
}
