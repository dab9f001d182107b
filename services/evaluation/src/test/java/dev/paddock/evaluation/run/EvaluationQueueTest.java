package dev.paddock.evaluation.run;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EvaluationQueueTest {
    @Test
    @SuppressWarnings("NullAway") // nothing is claimed, so nothing else is asked
    void theQueueSurvivesAnError() {
        AtomicInteger claims = new AtomicInteger();
        EvaluationService failingOnce = new EvaluationService(null, null, null, null, null, null) {
            @Override
            public Optional<Evaluation> claim() {
                if (claims.incrementAndGet() == 1) {
                    throw new StackOverflowError();
                }
                return Optional.empty();
            }
        };
        EvaluationQueue queue = new EvaluationQueue(failingOnce, new EvaluationRunner(null, null, null, null, null));
        queue.start();
        try {
            await().atMost(Duration.ofSeconds(15)).until(() -> claims.get() > 1);
        } finally {
            queue.stop();
        }
    }
}
