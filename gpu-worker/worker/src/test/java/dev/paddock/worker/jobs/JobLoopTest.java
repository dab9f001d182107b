package dev.paddock.worker.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.contracts.lease.Lease;
import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.artifacts.FolderArtifactStore;
import dev.paddock.kit.identity.IdentityProperties;
import dev.paddock.kit.identity.ServiceAddresses;
import dev.paddock.kit.identity.ServiceClients;
import dev.paddock.kit.identity.ServiceTokens;
import dev.paddock.llama.torch.Libtorch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A job from its lease to its report, against a queue over HTTP. */
class JobLoopTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int METRICS_OF_A_STEP = 5;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(150);

    @TempDir
    private Path folder;

    private FakeQueue queue;
    private FolderArtifactStore artifacts;
    private JobLoop loop;

    @BeforeEach
    void aWorkerAsksAQueue() throws IOException {
        queue = new FakeQueue();
        artifacts = new FolderArtifactStore(folder.resolve("store"));
        ServiceTokens tokens = new ServiceTokens(new IdentityProperties("http://issuer", null, null, null, null)) {
            @Override
            public synchronized String token() {
                return "token";
            }
        };
        LeaseClient leases = new LeaseClient(
                new ServiceClients(new ServiceAddresses(Map.of("training-job", queue.address())), tokens, "worker"));
        JobRunner runner = new JobRunner(
                leases,
                artifacts,
                MethodOfTests.alone(SteppingMethod.class, folder.resolve("catalogue")),
                folder.resolve("jobs"),
                "test");
        WakeUpCalls calls = new WakeUpCalls(Map.of("bootstrap.servers", "127.0.0.1:9"));
        loop = new JobLoop(leases, runner, calls, "worker", List.of("stepping"));
    }

    @AfterEach
    void end() {
        loop.stop();
        queue.close();
    }

    @Test
    void allThatAShortJobHasToTellIsToldBeforeItsEnd() throws IOException {
        queue.offer(lease("{\"steps\":3}", LONG));
        loop.start();
        await().until(() -> queue.kinds().contains("completion"));
        loop.stop();

        assertThat(queue.kinds()).endsWith("renewal", "completion");
        assertThat(queue.metrics()).hasSize(3 * METRICS_OF_A_STEP);
        int last = queue.reports.size() - 1;
        JsonNode told = queue.reports.get(last - 1).body();
        assertThat(told.path("progress").path("step").asInt()).isEqualTo(3);
        assertThat(queue.reports.toString()).contains("begins");
        assertThat(queue.reports
                        .get(last)
                        .body()
                        .path("environment")
                        .path("threads")
                        .asInt())
                .as("a method that does not tell is computed in this process")
                .isEqualTo(Libtorch.threads());
        String made = queue.reports.get(last).body().path("artifactDigest").asString();
        assertThat(artifacts.exists(new Digest(made))).isTrue();
    }

    @Test
    void soIsAFailuresAndItsCause() throws IOException {
        queue.offer(lease("{\"steps\":2,\"fails\":true}", LONG));
        loop.start();
        await().until(() -> queue.kinds().contains("failure"));

        assertThat(queue.metrics()).hasSize(2 * METRICS_OF_A_STEP);
        assertThat(queue.reports
                        .get(queue.reports.size() - 1)
                        .body()
                        .path("cause")
                        .asString())
                .contains("asked to fail");
        assertThat(queue.refused).as("nothing is told after the end").hasValue(0);
    }

    @Test
    void anErrorIsAFailureTooAndTheNextJobIsTaken() throws IOException {
        queue.offer(lease("{\"steps\":1,\"breaks\":true}", LONG));
        loop.start();
        await().until(() -> queue.kinds().contains("failure"));
        assertThat(queue.reports
                        .get(queue.reports.size() - 1)
                        .body()
                        .path("cause")
                        .asString())
                .contains("native function");

        queue.offer(lease("{\"steps\":1}", LONG));
        await().until(() -> queue.kinds().contains("completion"));
        assertThat(loop.isRunning()).isTrue();
    }

    @Test
    void aRenewalWhoseAnswerWasLostIsSentAgainUnderItsNumber() throws IOException {
        queue.lostAnswers.set(2);
        queue.offer(lease("{\"steps\":40,\"pause\":80}", SHORT.multipliedBy(4)));
        loop.start();
        await().until(() -> queue.kinds().contains("completion"));

        long taken = queue.kinds().stream().filter("renewal"::equals).count();
        assertThat(queue.renewals()).hasSizeLessThan((int) taken);
        assertThat(queue.renewals().stream()
                        .mapToInt(renewal -> renewal.path("metrics").size())
                        .sum())
                .isEqualTo(40 * METRICS_OF_A_STEP);
    }

    @Test
    void aQueueThatIsAwayAtTheEndIsWaitedFor() throws IOException {
        queue.awayForReports.set(1);
        queue.offer(lease("{\"steps\":2}", LONG));
        loop.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> queue.kinds().contains("completion"));

        assertThat(queue.metrics()).hasSize(2 * METRICS_OF_A_STEP);
        assertThat(queue.kinds()).doesNotContain("failure");
        assertThat(queue.refused).hasValue(0);
    }

    @Test
    void aWorkerThatIsStoppedGivesItsJobBackAndTellsTheLastNewsFirst() throws IOException {
        queue.offer(lease("{\"steps\":100000,\"pause\":10}", SHORT));
        loop.start();
        await().until(() -> queue.metrics().size() >= METRICS_OF_A_STEP);
        loop.stop();

        assertThat(queue.kinds()).endsWith("renewal", "release").doesNotContain("failure", "completion");
        assertThat(queue.reports
                        .get(queue.reports.size() - 1)
                        .body()
                        .path("fencingToken")
                        .asLong())
                .isEqualTo(7);
        assertThat(folder.resolve("jobs")).isEmptyDirectory();
    }

    @Test
    void aCancelledJobEndsWithoutAReport() throws IOException {
        queue.cancelled = true;
        queue.offer(lease("{\"steps\":100000,\"pause\":10}", SHORT));
        loop.start();

        await().until(() -> !queue.reports.isEmpty() && isIdle());
        assertThat(queue.kinds()).containsOnly("renewal");
    }

    @Test
    void aJobThatIsAnothersNowEndsWithoutAReport() throws IOException {
        queue.fenced = true;
        queue.offer(lease("{\"steps\":100000,\"pause\":10}", SHORT));
        loop.start();

        await().until(() -> queue.refused.get() > 0 && isIdle());
        assertThat(queue.reports).isEmpty();
        assertThat(queue.refused).hasValue(1);
    }

    private boolean isIdle() throws IOException {
        if (!Files.isDirectory(folder.resolve("jobs"))) {
            return false;
        }
        try (var jobs = Files.list(folder.resolve("jobs"))) {
            return jobs.findAny().isEmpty();
        }
    }

    private Lease lease(String parameters, Duration duration) throws IOException {
        Path base = Files.createDirectories(folder.resolve("base"));
        Files.writeString(base.resolve("config.json"), "{}");
        Path dataset = Files.createDirectories(folder.resolve("dataset"));
        Files.writeString(dataset.resolve("train.jsonl"), "{}\n");
        TrainingOrder order = new TrainingOrder(
                "tickets",
                "stepping",
                "none",
                "none",
                JSON.readTree(parameters),
                1,
                UUID.randomUUID(),
                artifacts.putFolder(base).value(),
                UUID.randomUUID(),
                artifacts.putFolder(dataset).value());
        return new Lease(UUID.randomUUID(), "default", 1, 7, Instant.now().plus(duration), order, Instant.now(), null);
    }
}
