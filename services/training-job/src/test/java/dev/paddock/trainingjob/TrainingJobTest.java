package dev.paddock.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** All stories share one service, one PostgreSQL and one Kafka; each brings a method of its own and so its own queue. */
@ServiceTest(
        properties = {
            "paddock.training-job.lease-duration=PT30S",
            "paddock.training-job.sweep-interval=PT0.1S",
            "paddock.training-job.stream-interval=PT0.05S",
            "paddock.training-job.arrival-patience=PT0.3S"
        })
@Import({TrainingJobTest.Time.class, World.class})
abstract class TrainingJobTest {
    /** A clock that stories push forward. */
    @TestConfiguration
    static class Time {
        @Bean
        MovableClock clock() {
            return new MovableClock();
        }
    }

    private static final EstimatingWorker ESTIMATES = EstimatingWorker.start();

    @DynamicPropertySource
    static void worker(DynamicPropertyRegistry properties) {
        properties.add("paddock.services.worker-training", ESTIMATES::address);
    }

    @Autowired
    protected TestApi api;

    @Autowired
    protected World world;

    @Autowired
    protected MovableClock clock;

    protected TestApi.As engineer() {
        return api.as("engineer");
    }

    protected Worker worker(String id, String... methods) {
        return new Worker(api.as("service"), id, methods);
    }

    protected Map<String, Object> order(String method) {
        return new HashMap<>(Map.of(
                "name",
                "support routing",
                "method",
                method,
                "baseVersionId",
                World.BASE.toString(),
                "datasetVersionId",
                World.DATASET_VERSION.toString()));
    }

    protected String place(String method) {
        TestApi.Answer answer = engineer().post("/api/v1/training-jobs", order(method));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    protected JsonNode job(String id) {
        return engineer().get("/api/v1/training-jobs/" + id).json();
    }

    protected String state(String id) {
        return job(id).path("state").asString();
    }
}
