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

/** Sweeps that come to nothing, and who sees them. */
class SweepEndStoryTest extends SweepTest {
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
        assertThat(worker.renew(2).json().path("cancel").asBoolean()).isTrue();
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
}
