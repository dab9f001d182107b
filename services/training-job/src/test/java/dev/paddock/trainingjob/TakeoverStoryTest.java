package dev.paddock.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.testkit.TestApi.Answer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A job reaches its end once, whatever happens to its workers. */
class TakeoverStoryTest extends TrainingJobTest {
    private static final Duration LEASE_IS_OVER = Duration.ofSeconds(31);

    @Test
    void aDeadWorkersJobIsTakenOverFromItsCheckpointAndFinishedOnce() {
        world.announce("takeover");
        String job = place("takeover");
        Worker first = worker("first", "takeover");
        Worker second = worker("second", "takeover");

        JsonNode lease = first.claim();
        assertThat(lease.path("attempt").asInt()).isEqualTo(1);
        assertThat(lease.path("order").path("parameters").path("r").asInt()).isEqualTo(8);
        assertThat(first.renew(10).json().path("cancel").asBoolean(true)).isFalse();
        assertThat(first.checkpoint(10).status()).isEqualTo(204);
        assertThat(second.tryClaim()).as("a held job is nobody else's").isNull();

        clock.advance(LEASE_IS_OVER);
        JsonNode takeover = second.claim();
        assertThat(takeover.path("attempt").asInt()).isEqualTo(2);
        assertThat(takeover.path("checkpoint").path("step").asInt()).isEqualTo(10);
        assertThat(takeover.path("orderedAt")).isEqualTo(lease.path("orderedAt"));
        assertThat(takeover.path("orderedAt").asString()).isNotEmpty();
        assertThat(takeover.path("fencingToken").asLong())
                .isGreaterThan(lease.path("fencingToken").asLong());

        for (Answer late : List.of(first.renew(11), first.checkpoint(11), first.complete(), first.fail("x", true))) {
            assertThat(late.status()).isEqualTo(409);
            assertThat(late.json().path("code").asString()).isEqualTo("fenced");
        }
        assertThat(job(job).path("checkpoint").path("step").asInt()).isEqualTo(10);

        assertThat(second.complete().status()).isEqualTo(204);
        assertThat(second.complete().status()).as("a repeated report").isEqualTo(204);
        assertThat(state(job)).isEqualTo("COMPLETED");
        assertThat(job(job).path("versionDigest").asString()).isEqualTo(World.DIGEST);
        JsonNode environment = JsonMapper.shared().valueToTree(Worker.ENVIRONMENT);
        assertThat(job(job).path("environment")).isEqualTo(environment);

        String sentinel = place("takeover");
        await().until(() -> Told.about(sentinel).contains("TrainingRequested"));
        assertThat(Told.about(job)).containsOnlyOnce("TrainingCompleted");
        JsonNode told = Told.one(job, "TrainingCompleted").data();
        assertThat(told.path("baseDigest").asString()).isEqualTo(World.DIGEST);
        assertThat(told.path("environment")).isEqualTo(environment);
        assertThat(told.path("parameters").path("learningRate").asDouble()).isEqualTo(0.0002);
        assertThat(told.path("requestedBy").asString()).isEqualTo("engineer");
    }

    @Test
    void aLapsedJobThatNobodyClaimedIsStillItsHolders() {
        world.announce("lapsed");
        String job = place("lapsed");
        Worker holder = worker("holder", "lapsed");
        holder.claim();
        lapse(job);
        assertThat(holder.renew(1).status()).isEqualTo(200);
        assertThat(state(job)).isEqualTo("RUNNING");
        lapse(job);
        assertThat(holder.checkpoint(5).status()).isEqualTo(204);
        lapse(job);
        assertThat(holder.fail("disk-full", true).status()).isEqualTo(204);
        assertThat(holder.renew(6).status()).as("it gave the attempt up itself").isEqualTo(409);

        clock.advance(Duration.ofSeconds(6));
        assertThat(holder.claim().path("attempt").asInt()).isEqualTo(2);
        lapse(job);
        assertThat(holder.complete().status()).isEqualTo(204);
        assertThat(state(job)).isEqualTo("COMPLETED");
        assertThat(job(job).path("attempt").asInt()).isEqualTo(2);
    }

    private void lapse(String job) {
        clock.advance(LEASE_IS_OVER);
        await().until(() -> state(job).equals("QUEUED"));
    }

    @Test
    void aRenewalThatIsSentAgainTellsItsNewsOnce() {
        world.announce("repeating");
        String job = place("repeating");
        Worker worker = worker("worker", "repeating");
        worker.claim();
        for (long sequence : new long[] {1, 1, 2, 2, 1}) {
            assertThat(worker.renewAs(sequence, (int) sequence).status()).isEqualTo(200);
        }
        assertThat(metrics(job)).hasSize(2);
        worker.release();
        worker.claim();
        worker.renewAs(1, 3);
        assertThat(metrics(job)).as("the next attempt counts anew").hasSize(3);
    }

    private JsonNode metrics(String job) {
        return engineer()
                .get("/api/v1/training-jobs/" + job + "/metrics")
                .json()
                .path("items");
    }

    @Test
    void aJobWhoseWorkersKeepDyingFails() {
        world.announce("doomed");
        String job = place("doomed");
        for (int attempt = 1; attempt <= 3; attempt++) {
            worker("worker-" + attempt, "doomed").claim();
            clock.advance(LEASE_IS_OVER);
        }
        await().until(() -> state(job).equals("FAILED"));
        assertThat(job(job).path("error").path("code").asString()).isEqualTo("worker-lost");
        await().untilAsserted(() -> assertThat(Told.about(job)).containsOnlyOnce("TrainingFailed"));
    }

    @Test
    void aJobThatIsGivenBackWaitsAgainAndLosesNoAttempt() {
        world.announce("restarted");
        String job = place("restarted");
        for (int restart = 1; restart <= 4; restart++) {
            Worker worker = worker("worker-" + restart, "restarted");
            worker.claim();
            assertThat(worker.release().status()).isEqualTo(204);
            assertThat(worker.release().status()).as("a repeated report").isEqualTo(204);
            assertThat(state(job)).isEqualTo("QUEUED");
            assertThat(worker.renew(1).status()).as("it is no longer its own").isEqualTo(409);
        }
        Worker last = worker("last", "restarted");
        assertThat(last.claim().path("attempt").asInt()).isEqualTo(5);
        Worker stranger = worker("stranger", "restarted");
        assertThat(stranger.releaseAs(last, last.token() - 1).status()).isEqualTo(409);
        last.complete();
        assertThat(last.release().status()).as("what has ended stays so").isEqualTo(204);
        assertThat(state(job)).isEqualTo("COMPLETED");
        await().untilAsserted(() -> assertThat(Told.about(job))
                .filteredOn("TrainingRequested"::equals)
                .hasSize(5));
    }

    @Test
    void aJobThatGetsFurtherHasAllItsAttemptsAgain() {
        world.announce("advancing");
        String job = place("advancing");
        for (int attempt = 1; attempt <= 4; attempt++) {
            Worker worker = worker("worker-" + attempt, "advancing");
            assertThat(worker.claim().path("attempt").asInt()).isEqualTo(attempt);
            worker.checkpoint(attempt);
            clock.advance(LEASE_IS_OVER);
        }
        for (int attempt = 5; attempt <= 7; attempt++) {
            Worker worker = worker("worker-" + attempt, "advancing");
            assertThat(worker.claim().path("attempt").asInt()).isEqualTo(attempt);
            worker.checkpoint(4);
            clock.advance(LEASE_IS_OVER);
        }
        await().until(() -> state(job).equals("FAILED"));
        assertThat(job(job).path("error").path("code").asString()).isEqualTo("worker-lost");
    }

    @Test
    void aFailureThatMayPassIsTriedAgainAfterAWhileAndOthersAreNot() {
        world.announce("failing");
        String job = place("failing");
        Worker worker = worker("worker", "failing");
        worker.claim();
        worker.checkpoint(5);
        assertThat(worker.fail("disk-full", true).status()).isEqualTo(204);
        assertThat(worker.fail("disk-full", true).status())
                .as("a repeated report")
                .isEqualTo(204);
        assertThat(state(job)).isEqualTo("QUEUED");
        assertThat(worker("eager", "failing").tryClaim())
                .as("the delay is not over")
                .isNull();

        clock.advance(Duration.ofSeconds(6));
        await().untilAsserted(
                        () -> assertThat(Told.about(job)).containsExactly("TrainingRequested", "TrainingRequested"));
        assertThat(worker.claim().path("checkpoint").path("step").asInt()).isEqualTo(5);
        assertThat(worker.fail("non-finite-loss", false).status()).isEqualTo(204);
        assertThat(state(job)).isEqualTo("FAILED");
        assertThat(job(job).path("error").path("code").asString()).isEqualTo("non-finite-loss");
        assertThat(job(job).path("checkpoint").path("step").asInt())
                .as("the last good one is kept")
                .isEqualTo(5);
    }

    @Test
    void claimersNeverGetTheSameJob() throws Exception {
        world.announce("crowded");
        List<String> placed =
                IntStream.range(0, 12).mapToObj(i -> place("crowded")).toList();
        ExecutorService pool = Executors.newFixedThreadPool(6);
        try {
            List<Callable<List<String>>> claimers = IntStream.range(0, 6)
                    .mapToObj(i -> (Callable<List<String>>) () -> claimAll(worker("claimer-" + i, "crowded")))
                    .toList();
            List<String> claimed = pool.invokeAll(claimers).stream()
                    .flatMap(future -> join(future).stream())
                    .toList();
            assertThat(claimed).containsExactlyInAnyOrderElementsOf(placed);
        } finally {
            pool.shutdownNow();
        }
    }

    private static List<String> join(Future<List<String>> claimed) {
        try {
            return claimed.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> claimAll(Worker worker) {
        return Stream.generate(() -> String.valueOf(worker.tryClaim()))
                .takeWhile(lease -> !lease.equals("null"))
                .map(lease -> lease.replaceAll(".*\"jobId\":\"([^\"]+)\".*", "$1"))
                .toList();
    }

    @Test
    void aReportThatNamesAnotherTenantFindsNoJob() {
        world.announce("tenants");
        String job = place("tenants");
        Worker worker = worker("worker", "tenants");
        JsonNode lease = worker.claim();
        Answer foreign = api.as("service")
                .header("X-Paddock-Tenant", "other")
                .post(
                        "/internal/v1/leases/" + job + "/failure",
                        Map.of(
                                "fencingToken",
                                lease.path("fencingToken").asLong(),
                                "code",
                                "x",
                                "cause",
                                "x",
                                "retryable",
                                false));
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(worker.renew(1).status()).isEqualTo(200);
        assertThat(worker.complete().status()).isEqualTo(204);
    }

    @Test
    void onlyServicesReachTheQueue() {
        assertThat(engineer()
                        .post("/internal/v1/leases", Collections.singletonMap("workerId", "me"))
                        .status())
                .isEqualTo(403);
    }
}
