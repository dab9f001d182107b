package dev.paddock.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.contracts.event.VersionRegistered;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A run whose worker is away or slow. */
class RunStoryTest extends EvaluationTest {
    @Autowired
    private EvaluationService service;

    @Test
    void aWorkerThatIsAwayOnlyDelaysAndABaseIsAskedOnce() throws IOException {
        WORKER.down = true;
        VersionRegistered first = version();
        register(first);
        await().atMost(Duration.ofSeconds(20)).until(() -> WORKER.calls.get() > 0);
        WORKER.down = false;
        completed(first.versionId());

        int before = WORKER.calls.get();
        VersionRegistered second = new VersionRegistered(
                UUID.randomUUID(),
                "ADAPTER",
                "again",
                "sha256:" + "e".repeat(64),
                BASE,
                first.baseDigest(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                first.datasetDigest());
        register(second);
        JsonNode evaluation = completed(second.versionId());
        int items = evaluation.path("progress").path("total").asInt() / 2;
        assertThat(WORKER.calls.get() - before)
                .as("only the candidate is asked")
                .isLessThan(items);
    }

    @Test
    void newsOfARunWaitForEachOtherAndNoneIsLost() throws Exception {
        WORKER.hold();
        VersionRegistered version = version();
        Evaluation claimed = claimed(version);
        ExecutorService runners = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> news = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                int done = i;
                news.add(() -> service.progress(claimed, done, 100));
            }
            for (Future<Boolean> told : runners.invokeAll(news)) {
                assertThat(told.get()).isNotNull();
            }
        } finally {
            runners.shutdownNow();
            WORKER.letGo();
        }
        completed(version.versionId());
    }

    @Test
    void lateNewsDoNotKeepAClaimThatWasGivenBack() throws IOException {
        WORKER.hold();
        VersionRegistered version = version();
        Evaluation claimed = claimed(version);
        service.release(claimed);
        assertThat(service.progress(claimed, 1, 100)).isFalse();
        WORKER.letGo();
        completed(version.versionId());
    }

    private Evaluation claimed(VersionRegistered version) {
        register(version);
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> evaluations.page("default", new UUID(-1L, -1L), version.versionId(), 1),
                        found -> !found.isEmpty() && found.get(0).state() == EvaluationState.RUNNING)
                .get(0);
    }
}
