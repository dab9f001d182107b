package dev.paddock.evaluation.run;

import jakarta.persistence.Embeddable;
import java.time.Duration;

/**
 * How often an evaluation was tried to no avail. A worker that is away only delays: attempts that no worker answered do not
 * count towards the limit.
 *
 * @param fruitless attempts in a row that gave no new answer
 * @param failures attempts in all that failed although the worker answered
 */
@Embeddable
public record Retries(int fruitless, int failures) {
    static final Retries NONE = new Retries(0, 0);
    private static final int MOST_FAILURES = 20;
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(3);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    Retries failed(boolean workerAnswered) {
        return new Retries(fruitless + 1, workerAnswered ? failures + 1 : failures);
    }

    Retries gotFurther() {
        return new Retries(0, failures);
    }

    boolean isExhausted() {
        return failures >= MOST_FAILURES;
    }

    /** How long to wait: 3 s, twice as long after every fruitless attempt, a minute at most. */
    Duration pause() {
        Duration pause = SHORTEST_PAUSE.multipliedBy(1L << Math.max(0, Math.min(fruitless - 1, 10)));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
