package dev.paddock.trainingjob;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.embedded.DatabaseAccess;
import dev.paddock.testkit.InfrastructureInitializer;
import dev.paddock.testkit.TestApi;
import dev.paddock.testkit.TestInfrastructure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * A sweep goes on where it stood when its service stopped: everything that it decides from is in the database. The service has a
 * schema of its own and no broker, so that no other story's service takes its rounds or its events.
 */
class SweepRestartStoryTest {
    private static final String SWEEPS = "/api/v1/sweeps";

    @Test
    void aSweepGoesOnWhereItStoodWhenItsServiceStopped() {
        String sweep;
        try (ConfigurableApplicationContext service = start()) {
            seed(service.getBean(JdbcClient.class));
            TestApi api = service.getBean(TestApi.class);
            TestApi.Answer placed = api.as("engineer").post(SWEEPS, request());
            assertThat(placed.status()).as(placed.text()).isEqualTo(201);
            sweep = placed.json().path("id").asString();
            train(api, 50, 2);
            await().until(() -> states(api, sweep).equals(List.of("WAITING", "QUEUED")));
        }
        Worker before;
        try (ConfigurableApplicationContext service = start()) {
            TestApi api = service.getBean(TestApi.class);
            assertThat(states(api, sweep)).containsExactly("WAITING", "QUEUED");
            train(api, 50, 1);
            await().until(() -> states(api, sweep).equals(List.of("STOPPED", "QUEUED")));
            before = train(api, 70, 1);
        }
        try (ConfigurableApplicationContext service = start()) {
            TestApi api = service.getBean(TestApi.class);
            Worker after = before.at(api.as("service"));
            after.train(100, 1, 1);
            assertThat(after.complete().status()).isEqualTo(204);
            await().until(() -> states(api, sweep).equals(List.of("STOPPED", "WINNER")));
            assertThat(service.getBean(JdbcClient.class)
                            .sql("select count(*) from outbox where payload like '%TrainingCompleted%'")
                            .query(Long.class)
                            .single())
                    .isEqualTo(1);
        }
    }

    private static Worker train(TestApi api, int upTo, double loss) {
        Worker worker = new Worker(api.as("service"), "worker", "halving");
        worker.claim();
        worker.train(upTo, loss, 1);
        return worker;
    }

    private static List<String> states(TestApi api, String sweep) {
        JsonNode trials = api.as("engineer").get(SWEEPS + "/" + sweep).json().path("trials");
        return trials.findValuesAsString("state");
    }

    private static Map<String, Object> request() {
        Map<String, Object> order = Map.of(
                "name",
                "n",
                "method",
                "halving",
                "baseVersionId",
                World.BASE,
                "datasetVersionId",
                World.DATASET_VERSION);
        return Map.of("order", order, "search", SweepTest.halving(2));
    }

    private static void seed(JdbcClient jdbc) {
        String schema = "{\"type\":\"object\",\"properties\":{\"learningRate\":{\"type\":\"number\"}}}";
        jdbc.sql("insert into method values ('halving', 'default', 'f', 's', 'p', 'lora', 'sft', ?, 'w', now())")
                .param(schema)
                .update();
        jdbc.sql("insert into base_version values (?, 'default', 'tiny', ?)")
                .params(World.BASE, World.DIGEST)
                .update();
        jdbc.sql("insert into dataset_version values (?, 'default', ?, 'handbook', 1, ?, 100, false)")
                .params(World.DATASET_VERSION, World.DATASET, World.DIGEST)
                .update();
    }

    private static ConfigurableApplicationContext start() {
        DatabaseAccess database = TestInfrastructure.get().database("training-job-restarted");
        Map<String, Object> own = Map.of(
                "paddock.schema",
                database.schema(),
                "spring.datasource.url",
                database.jdbcUrl(),
                "spring.datasource.username",
                database.role(),
                "spring.datasource.password",
                requireNonNull(database.password()),
                "spring.kafka.bootstrap-servers",
                "127.0.0.1:1",
                "paddock.training-job.sweep-interval",
                "PT0.1S",
                "server.port",
                0);
        return new SpringApplicationBuilder(TrainingJobApplication.class, TestApi.class)
                .initializers(new InfrastructureInitializer(), context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("own", own)))
                .run();
    }
}
