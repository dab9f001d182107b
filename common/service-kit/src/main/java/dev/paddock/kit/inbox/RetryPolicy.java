package dev.paddock.kit.inbox;

import dev.paddock.contracts.event.MalformedEventException;
import dev.paddock.kit.problem.DataProblems;
import dev.paddock.kit.problem.ProblemCategory;
import dev.paddock.kit.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.backoff.FixedBackOff;

/**
 * How long a message is tried again before it becomes a dead letter.
 *
 * @param unavailable while a database or another service does not answer
 * @param internal after any other failure that is not the sender's
 */
@ConfigurationProperties("paddock.events.retry")
public record RetryPolicy(
        @DefaultValue("1h") Duration unavailable,
        @DefaultValue("10s") Duration internal) {

    BackOff after(Exception failure) {
        Throwable cause = cause(failure);
        if (cause instanceof MalformedEventException
                || (cause instanceof ProblemException problem
                        && !problem.code().category().retried())) {
            return new FixedBackOff(0, 0);
        }
        return growing(isUnavailable(cause) ? unavailable : internal);
    }

    private static boolean isUnavailable(Throwable cause) {
        return DataProblems.outage(cause).isPresent()
                || (cause instanceof ProblemException problem
                        && isUnavailable(problem.code().category()));
    }

    private static boolean isUnavailable(ProblemCategory category) {
        return category == ProblemCategory.UNAVAILABLE || category == ProblemCategory.INSUFFICIENT_RESOURCES;
    }

    private static BackOff growing(Duration most) {
        ExponentialBackOff backOff = new ExponentialBackOff(200, 2);
        backOff.setMaxInterval(10_000);
        backOff.setMaxElapsedTime(most.toMillis());
        return backOff;
    }

    /** What the consumer threw, without the listener container's wrapping. */
    static Throwable cause(Throwable failure) {
        @Nullable Throwable inner = failure.getCause();
        return failure instanceof org.springframework.kafka.KafkaException
                ? Optional.ofNullable(inner).orElse(failure)
                : failure;
    }
}
