package dev.paddock.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What became of every attempt of a job. */
class AttemptStoryTest extends TrainingJobTest {
    private static final Duration LEASE_IS_OVER = Duration.ofSeconds(31);
    private static final Duration DELAY_IS_OVER = Duration.ofSeconds(6);

    @Test
    void everyAttemptSaysWhoBeganItWhereAndHowItEnded() {
        world.announce("attempts");
        String job = place("attempts");
        Worker lost = worker("lost", "attempts");
        lost.claim();
        lost.checkpoint(5);
        lost.checkpoint(10);
        clock.advance(LEASE_IS_OVER);
        Worker failing = worker("failing", "attempts");
        failing.claim();
        failing.fail("disk-full", true);
        clock.advance(DELAY_IS_OVER);
        Worker stopped = worker("stopped", "attempts");
        stopped.claim();
        stopped.checkpoint(20);
        stopped.release();
        Worker last = worker("last", "attempts");
        last.claim();
        assertThat(attempts(job).get(3).path("state").asString()).isEqualTo("RUNNING");
        assertThat(attempts(job).get(3).has("endedAt")).isFalse();
        last.complete();

        List<JsonNode> attempts = attempts(job);
        assertThat(attempts)
                .extracting(AttemptStoryTest::line)
                .containsExactly(
                        "1 lost LOST worker-lost from - left 10",
                        "2 failing FAILED disk-full from 10 left -",
                        "3 stopped RELEASED - from 10 left 20",
                        "4 last COMPLETED - from 20 left -");
        assertThat(attempts.get(1).path("error").path("cause").asString()).isEqualTo("told by a test");
        assertThat(attempts.get(0).path("checkpoint").path("digest").asString()).isEqualTo(World.DIGEST);
        assertThat(attempts).allSatisfy(attempt -> assertThat(instant(attempt, "endedAt"))
                .isAfterOrEqualTo(instant(attempt, "startedAt")));
    }

    @Test
    void aLostAttemptWhoseWorkerComesBackRunsAgain() {
        world.announce("returning");
        String job = place("returning");
        Worker worker = worker("worker", "returning");
        worker.claim();
        clock.advance(LEASE_IS_OVER);
        await().until(() -> state(job).equals("QUEUED"));
        assertThat(attempts(job))
                .extracting(AttemptStoryTest::line)
                .containsExactly("1 worker LOST worker-lost from - left -");
        worker.renew(1);
        assertThat(attempts(job))
                .extracting(AttemptStoryTest::line)
                .containsExactly("1 worker RUNNING - from - left -");

        engineer().post("/api/v1/training-jobs/" + job + "/cancel", null);
        assertThat(attempts(job))
                .extracting(AttemptStoryTest::line)
                .containsExactly("1 worker CANCELLED - from - left -");
    }

    @Test
    void attemptsArePagesForThoseWhoMayReadTheJob() {
        world.announce("attempt-pages");
        String job = place("attempt-pages");
        for (int attempt = 1; attempt <= 3; attempt++) {
            Worker worker = worker("worker", "attempt-pages");
            worker.claim();
            worker.release();
        }
        String path = "/api/v1/training-jobs/" + job + "/attempts";
        JsonNode first = engineer().get(path + "?limit=2").json();
        assertThat(numbers(first)).as(first.toString()).containsExactly(1, 2);
        JsonNode rest = engineer()
                .get(path + "?limit=2&cursor=" + first.path("next").asString())
                .json();
        assertThat(numbers(rest)).containsExactly(3);
        assertThat(rest.path("next").isNull()).isTrue();

        assertThat(api.as("safety").get(path).status()).isEqualTo(403);
        assertThat(api.as("engineer", "other", "engineer").get(path).status()).isEqualTo(404);
    }

    private List<JsonNode> attempts(String job) {
        return engineer()
                .get("/api/v1/training-jobs/" + job + "/attempts")
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    private static List<Integer> numbers(JsonNode page) {
        return page.path("items")
                .valueStream()
                .map(attempt -> attempt.path("number").asInt())
                .toList();
    }

    private static String line(JsonNode attempt) {
        return "%d %s %s %s from %s left %s"
                .formatted(
                        attempt.path("number").asInt(),
                        attempt.path("workerId").asString(),
                        attempt.path("state").asString(),
                        attempt.path("error").path("code").asString("-"),
                        attempt.path("beganFrom").path("step").asString("-"),
                        attempt.path("checkpoint").path("step").asString("-"));
    }

    private static Instant instant(JsonNode attempt, String field) {
        return Instant.parse(attempt.path(field).asString());
    }
}
