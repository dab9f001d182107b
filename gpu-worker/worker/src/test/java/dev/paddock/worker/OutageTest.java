package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.DeploymentChanged;
import dev.paddock.contracts.event.RegistryEvent;
import dev.paddock.testkit.TestInfrastructure;
import dev.paddock.worker.deployments.Convergence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Answers go on while the broker is away and while deployments change. */
@TestPropertySource(properties = "paddock.serving.adapter-memory=1MB")
class OutageTest extends WorkerStory {
    private static final String PROMPTS = "\"prompts\":[\"Hello there, how are\"]";
    private static final int CALLERS = 3;
    private static final int CHANGES = 12;

    @Autowired
    private Convergence convergence;

    @AfterEach
    void nothingIsDeployed() {
        REGISTRY.deploy("[]");
    }

    @Test
    void aWorkerThatLosesKafkaServesWhatItHasAndConvergesAllTheSame() throws Exception {
        String base = base();
        String adapter = TestModels.adapter(store, temporary.resolve("before"), 21);
        String body = request(base, adapter, PROMPTS, 8, "");
        JsonNode before = service().post(COMPLETIONS, body).json();
        TestInfrastructure.get().stopKafka();
        try {
            assertThat(service().post(COMPLETIONS, body).json()).isEqualTo(before);
            assertThat(lines(request(base, null, PROMPTS, 8, ",\"stream\":true")))
                    .endsWith("[DONE]");
            String meanwhile = TestModels.adapter(store, temporary.resolve("meanwhile"), 22);
            REGISTRY.deploy(deployment(base, meanwhile));
            convergence.converge();
            assertThat(service().get("/internal/v1/worker").text()).contains(meanwhile);
            assertThat(api.anonymous().get("/actuator/health/readiness").status())
                    .isEqualTo(200);
        } finally {
            TestInfrastructure.get().restartKafka();
        }
        String after = TestModels.adapter(store, temporary.resolve("after"), 23);
        REGISTRY.deploy(deployment(base, after));
        await(() -> {
            tellOfAChange();
            return service().get("/internal/v1/worker").text().contains(after);
        });
    }

    @Test
    void aRollingChangeOfADeploymentUnderLoadLosesNoRequest() throws Exception {
        String base = base();
        List<String> versions = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            versions.add(TestModels.adapter(store, temporary.resolve("version" + i), 30 + i));
        }
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        Rolling rolling = new Rolling(versions.get(0));
        try {
            List<Future<Integer>> answered = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                boolean streams = caller == 0;
                answered.add(callers.submit(() -> ask(base, rolling, streams)));
            }
            for (int change = 1; change <= CHANGES; change++) {
                rolling.live = versions.get(change % versions.size());
                REGISTRY.deploy(deployment(base, rolling.live));
                convergence.converge();
                tellOfAChange();
                int enough = rolling.answers.get() + CALLERS;
                await(() -> rolling.answers.get() >= enough || answered.stream().anyMatch(Future::isDone));
            }
            rolling.over = true;
            for (Future<Integer> caller : answered) {
                assertThat(caller.get(1, TimeUnit.MINUTES)).isPositive();
            }
        } finally {
            rolling.over = true;
            callers.shutdownNow();
        }
    }

    private static final class Rolling {
        private final AtomicInteger answers = new AtomicInteger();
        private volatile String live;
        private volatile boolean over;

        Rolling(String live) {
            this.live = live;
        }
    }

    /** Asks what is live until all is over; every answer comes whole. */
    private int ask(String base, Rolling rolling, boolean streams) throws Exception {
        int answers = 0;
        for (; !rolling.over; answers++) {
            String body = request(base, rolling.live, PROMPTS, 20, streams ? ",\"stream\":true" : "");
            if (streams) {
                assertThat(lines(body)).hasSizeGreaterThan(1).endsWith("[DONE]");
            } else {
                assertThat(service().post(COMPLETIONS, body).status()).isEqualTo(200);
            }
            rolling.answers.incrementAndGet();
        }
        return answers;
    }

    private void tellOfAChange() {
        DeploymentChanged changed = new DeploymentChanged(UUID.randomUUID(), "m", null, "LIVE", "approver");
        kafka.send(
                        RegistryEvent.TOPIC,
                        changed.subject(),
                        CloudEvents.write(CloudEvents.wrap(
                                changed, "model-registry", "default", UUID.randomUUID(), Instant.now())))
                .join();
    }

    private static String deployment(String base, String adapter) {
        return """
                [{"model":"m","versionId":"%1$s","kind":"ADAPTER","digest":"%3$s","baseVersionId":"%1$s","baseName":"tiny",
                  "baseDigest":"%2$s","adapterDigest":"%3$s","deployedAt":"2026-01-01T00:00:00Z","tenant":"default"}]
                """.formatted(UUID.randomUUID(), base, adapter);
    }
}
