package dev.paddock.worker.jobs;

import dev.paddock.kit.problem.ProblemCategory;
import dev.paddock.kit.problem.ProblemException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a report until training-job answers: an hour's work is not thrown away because of a restart. */
final class Retry {
    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int LIMIT = 900;

    private Retry() {}

    static void untilAnswered(Runnable report) {
        for (int attempt = 1; ; attempt++) {
            try {
                report.run();
                return;
            } catch (ProblemException e) {
                if (e.code().category() == ProblemCategory.CALLER || attempt == LIMIT) {
                    throw e;
                }
                LOG.warn("a report waits for training-job: {}", e.getMessage());
                pause(e);
            }
        }
    }

    private static void pause(ProblemException waitingFor) {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            waitingFor.addSuppressed(e);
            throw waitingFor;
        }
    }
}
