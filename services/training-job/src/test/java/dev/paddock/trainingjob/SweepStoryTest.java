package dev.paddock.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.testkit.TestApi.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertThat(winner.path("lossMetric").asString()).isEqualTo("loss");
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
    void whereAllMeasuredHeldOutRowsTheLossOnThemDecides() {
        world.announce("held-out");
        Map<String, Object> space = Map.of("r", Map.of("values", List.of(4, 8, 16)));
        String sweep = place("held-out", Map.of("strategy", "grid", "space", space), NO_EARLY_STOP);
        double[][] measured = {{1, 2}, {2, 1.5}, {3, 4}};
        for (double[] one : measured) {
            Worker worker = worker("worker", "held-out");
            worker.claim();
            worker.tell(0, "validation_loss", 0.1);
            worker.train(100, one[0], 1);
            worker.tell(100, "validation_loss", one[1]);
            if (one[0] == 3) { // its result is the state after step 60
                worker.tell(60, "best_validation_loss", 1.25);
            }
            worker.complete();
        }
        await().until(() -> sweep(sweep).path("state").asString().equals("COMPLETED"));

        assertThat(states(sweep)).containsExactly("OUTDONE", "OUTDONE", "WINNER");
        assertThat(trials(sweep).findValues("loss").toString()).isEqualTo("[2.0, 1.5, 1.25]");
        assertThat(trials(sweep).findValues("lossMetric").toString())
                .isEqualTo("[\"validation_loss\", \"validation_loss\", \"validation_loss\"]");
        assertThat(trials(sweep).get(0).path("reason").path("cause").asString())
                .contains("its final validation loss 2.000 is above the 1.250 of trial 3");
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
            workers[trial].checkpoint(20);
            workers[trial].train(25, losses[trial], 1);
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

    /** A measurement of long ago does not count. */
    @ParameterizedTest
    @CsvSource({"45,STOPPED,QUEUED,validation_loss", "10,QUEUED,STOPPED,loss"})
    void aRungComparesByHeldOutRowsThatWereMeasuredShortlyBefore(int step, String first, String second, String metric) {
        String method = "measured-at-" + step;
        world.announce(method);
        String sweep = place(method, halving(2), NO_EARLY_STOP);
        double[][] measured = {{1, 2}, {2, 1.5}};
        for (double[] one : measured) {
            Worker worker = worker("worker", method);
            worker.claim();
            worker.tell(step, "validation_loss", one[1]);
            worker.train(50, one[0], 1);
        }
        await().until(() -> states(sweep).equals(List.of(first, second)));
        assertThat(trials(sweep).findValues("lossMetric"))
                .allSatisfy(name -> assertThat(name.asString()).isEqualTo(metric));
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

    private static boolean cancelled(Answer renewed) {
        return renewed.json().path("cancel").asBoolean();
    }
}
