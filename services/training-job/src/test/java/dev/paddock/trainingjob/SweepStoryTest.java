package dev.paddock.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.testkit.TestApi;
import dev.paddock.testkit.TestApi.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Many runs that differ in some parameters, of which the best is kept. */
class SweepStoryTest extends SweepTest {
    @Test
    void ofAGridTheBestIsKeptAndOnlyItsResultIsTold() {
        world.announce("grid");
        Map<String, Object> space =
                Map.of("r", Map.of("values", List.of(4, 8)), "learningRate", Map.of("values", List.of(0.1, 0.2)));
        String sweep = place("grid", Map.of("strategy", "grid", "space", space), NO_EARLY_STOP);
        assertThat(trials(sweep).findValues("choice").toString())
                .isEqualTo("[{\"learningRate\":0.1,\"r\":4}, {\"learningRate\":0.1,\"r\":8}, "
                        + "{\"learningRate\":0.2,\"r\":4}, {\"learningRate\":0.2,\"r\":8}]");
        double[] losses = {2, 1, 0.5, 1.5};
        for (double loss : losses) {
            Worker worker = worker("worker", "grid");
            JsonNode order = worker.claim().path("order");
            assertThat(order.path("name").asString()).isEqualTo("support routing");
            worker.train(100, loss, 1);
            assertThat(worker.complete().status()).isEqualTo(204);
        }
        await().until(() -> sweep(sweep).path("state").asString().equals("COMPLETED"));

        assertThat(states(sweep)).containsExactly("OUTDONE", "OUTDONE", "WINNER", "OUTDONE");
        JsonNode winner = trials(sweep).get(2);
        assertThat(sweep(sweep).path("winnerJobId")).isEqualTo(winner.path("jobId"));
        assertThat(winner.path("loss").asDouble()).isEqualTo(0.5);
        assertThat(trials(sweep).get(0).path("reason").path("cause").asString())
                .contains("its final loss 2.000 is above the 0.5000 of trial 3");
        assertThat(job(winner.path("jobId").asString()).path("sweepId").asString())
                .isEqualTo(sweep);
        await().untilAsserted(() ->
                assertThat(Told.about(winner.path("jobId").asString())).containsOnlyOnce("TrainingCompleted"));
        for (int loser : new int[] {0, 1, 3}) {
            assertThat(Told.about(trials(sweep).get(loser).path("jobId").asString()))
                    .doesNotContain("TrainingCompleted", "TrainingCancelled");
        }
        Answer refused = engineer().post(SWEEPS + "/" + sweep + "/cancel", null);
        assertThat(refused.json().path("code").asString()).isEqualTo("finished");
    }

    @Test
    void atEachRungTheBestGoOnAndTheRestStopWithTheReason() {
        world.announce("halving");
        String sweep = place("halving", halving(4), NO_EARLY_STOP);
        Worker[] workers = new Worker[4];
        double[] losses = {2, 1, 3, 1.5};
        for (int trial = 0; trial < 4; trial++) {
            workers[trial] = worker("worker-" + trial, "halving");
            workers[trial].claim();
            workers[trial].train(25, losses[trial], 1);
            workers[trial].checkpoint(20);
            int number = trial;
            if (trial < 3) {
                await().until(() -> states(sweep).get(number).equals("WAITING"));
                assertThat(cancelled(workers[trial].renew(26))).isTrue();
            }
        }
        await().until(() -> states(sweep).equals(List.of("STOPPED", "QUEUED", "STOPPED", "QUEUED")));
        JsonNode stopped = trials(sweep).get(2);
        assertThat(stopped.path("reason").path("code").asString()).isEqualTo("not-promoted");
        assertThat(stopped.path("reason").path("cause").asString())
                .isEqualTo("at step 25 of 100 its loss 3.000 is number 4 of 4 trials, of which 2 go on");
        JsonNode stoppedJob = job(stopped.path("jobId").asString());
        assertThat(stoppedJob.path("state").asString()).isEqualTo("CANCELLED");
        assertThat(stoppedJob.path("error")).isEqualTo(stopped.path("reason"));
        await().untilAsserted(() ->
                assertThat(Told.about(stopped.path("jobId").asString())).containsOnlyOnce("TrainingCancelled"));

        Worker second = worker("second", "halving");
        JsonNode lease = second.claim();
        assertThat(lease.path("jobId")).isEqualTo(trials(sweep).get(1).path("jobId"));
        assertThat(lease.path("attempt").asInt()).isEqualTo(2);
        assertThat(lease.path("checkpoint").path("step").asInt()).isEqualTo(20);
        second.train(50, 1, 1);
        Worker fourth = worker("fourth", "halving");
        fourth.claim();
        fourth.train(50, 0.9, 1);
        await().until(() -> states(sweep).equals(List.of("STOPPED", "STOPPED", "STOPPED", "QUEUED")));
        fourth.claim();
        fourth.train(100, 0.8, 1);
        fourth.complete();
        await().until(() -> states(sweep).get(3).equals("WINNER"));
        assertThat(trials(sweep).get(3).path("lossStep").asInt()).isEqualTo(100);
    }

    @Test
    void oneThatFinishesBeforeTheOthersGetToTheRungIsJudgedThereAll() {
        world.announce("racing");
        String sweep = place("racing", halving(2), NO_EARLY_STOP);
        Worker fast = worker("fast", "racing");
        Worker slow = worker("slow", "racing");
        fast.claim();
        slow.claim();
        fast.train(100, 2, 1);
        await().until(() -> states(sweep).get(0).equals("WAITING"));
        assertThat(fast.complete().status()).as("its result counts").isEqualTo(204);
        assertThat(states(sweep)).containsExactly("COMPLETED", "RUNNING");
        slow.train(50, 1, 1);
        await().until(() -> states(sweep).equals(List.of("OUTDONE", "QUEUED")));
        slow.claim();
        slow.train(100, 1, 1);
        slow.complete();
        await().until(() -> states(sweep).equals(List.of("OUTDONE", "WINNER")));
    }

    @Test
    void aRunWithAHighGradientNormAndALowLossIsStoppedEarly() {
        world.announce("early");
        Map<String, Object> space = Map.of("learningRate", Map.of("values", List.of(0.1, 0.2, 0.3)));
        String sweep = place("early", Map.of("strategy", "grid", "space", space), Map.of());
        double[][] measured = {{2, 1}, {1.2, 2.5}, {1.9, 0.9}};
        for (double[] one : measured) {
            Worker worker = worker("worker", "early");
            worker.claim();
            worker.train(10, one[0], one[1]);
        }
        await().until(() -> states(sweep).equals(List.of("QUEUED", "STOPPED", "QUEUED")));
        JsonNode reason = trials(sweep).get(1).path("reason");
        assertThat(reason.path("code").asString()).isEqualTo("early-stop");
        assertThat(reason.path("cause").asString())
                .isEqualTo(
                        "at step 10 of 100 its gradient norm 2.500 is more than 2.000 times the sweep's median 1.000,"
                                + " and its loss 1.200 is below the median 1.900: such runs end worse (The Secret Recipe)");
        assertThat(sweep(sweep).path("gatesPassed").asInt()).isEqualTo(1);
    }

    @Test
    void aCancelledSweepStopsItsTrialsWithTheReason() {
        world.announce("quitting");
        String sweep = place("quitting", halving(4), NO_EARLY_STOP);
        Worker worker = worker("worker", "quitting");
        worker.claim();
        String path = SWEEPS + "/" + sweep + "/cancel";
        assertThat(engineer().header("If-Match", "\"999\"").post(path, null).status())
                .isEqualTo(412);
        assertThat(api.as("approver").post(path, null).status()).isEqualTo(403);
        Answer cancelled = engineer().post(path, null);
        assertThat(cancelled.json().path("state").asString()).isEqualTo("CANCELLED");
        assertThat(engineer().post(path, null).status()).isEqualTo(200);
        assertThat(states(sweep)).containsOnly("CANCELLED");
        assertThat(trials(sweep).get(0).path("reason").path("code").asString()).isEqualTo("sweep-cancelled");
        assertThat(cancelled(worker.renew(2))).isTrue();
        assertThat(worker.tryClaim()).isNull();
    }

    @Test
    void aSweepWhoseTrialsAllFailFails() {
        world.announce("hopeless");
        String sweep = place("hopeless", halving(2), NO_EARLY_STOP);
        Worker worker = worker("worker", "hopeless");
        worker.claim();
        worker.fail("non-finite-loss", false);
        String other = trials(sweep).get(1).path("jobId").asString();
        await().until(() -> states(sweep).equals(List.of("FAILED", "QUEUED")));
        engineer().post("/api/v1/training-jobs/" + other + "/cancel", null);
        await().until(() -> sweep(sweep).path("state").asString().equals("FAILED"));
        assertThat(states(sweep)).containsExactly("FAILED", "CANCELLED");
        assertThat(sweep(sweep).path("error").path("cause").asString())
                .contains("1 cancelled; 1 failed with non-finite-loss: told by a test");
    }

    @Test
    void aDatasetVersionDeletedUnderASweepEndsIt() {
        world.announce("orphaned");
        UUID dataset = UUID.randomUUID();
        UUID version = UUID.randomUUID();
        world.publish(dataset, version, 1);
        Map<String, Object> request = request("orphaned", halving(3), NO_EARLY_STOP);
        order(request).put("datasetVersionId", version.toString());
        await().until(() -> engineer().post(SWEEPS, dry(request)).status() == 200);
        String sweep = engineer().post(SWEEPS, request).json().path("id").asString();
        Worker worker = worker("worker", "orphaned");
        worker.claim();
        worker.train(50, 1, 1);
        await().until(() -> states(sweep).get(0).equals("WAITING"));
        world.delete(dataset, version);
        await().until(() -> sweep(sweep).path("state").asString().equals("FAILED"));
        assertThat(states(sweep)).containsOnly("FAILED");
        assertThat(sweep(sweep).path("error").path("cause").asString()).contains("dataset-version-deleted");
    }

    @Test
    void sweepsHavePagesAndStayInTheirTenant() {
        world.announce("listed");
        String older = place("listed", halving(2), NO_EARLY_STOP);
        String newer = place("listed", halving(2), NO_EARLY_STOP);
        JsonNode first = engineer().get(SWEEPS + "?limit=1").json();
        assertThat(first.path("items").findValuesAsString("id")).containsExactly(newer);
        assertThat(engineer()
                        .get(SWEEPS + "?limit=1&cursor=" + first.path("next").asString())
                        .json()
                        .path("items")
                        .findValuesAsString("id"))
                .containsExactly(older);
        TestApi.As stranger = api.as("stranger", "other", "engineer");
        assertThat(stranger.get(SWEEPS + "/" + newer).status()).isEqualTo(404);
        assertThat(stranger.post(SWEEPS + "/" + newer + "/cancel", null).status())
                .isEqualTo(404);
        assertThat(stranger.get(SWEEPS).json().path("items")).isEmpty();
    }

    private static boolean cancelled(Answer renewed) {
        return renewed.json().path("cancel").asBoolean();
    }
}
