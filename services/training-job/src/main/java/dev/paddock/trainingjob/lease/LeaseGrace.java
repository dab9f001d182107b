package dev.paddock.trainingjob.lease;

import dev.paddock.trainingjob.TrainingJobProperties;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Which leases have lapsed. Nobody could renew while this service was away, so for one lease duration none has. */
@Component
class LeaseGrace {
    private final Clock clock;
    private final Duration leaseDuration;
    private volatile @Nullable Instant answeringSince;

    LeaseGrace(Clock clock, TrainingJobProperties properties) {
        this.clock = clock;
        this.leaseDuration = properties.leaseDuration();
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        answeringSince = clock.instant();
    }

    /** The moment before which a lease must have ended to count as lapsed. */
    Instant lapsedBefore(Instant now) {
        Instant since = answeringSince;
        return since == null || now.isBefore(since.plus(leaseDuration)) ? Instant.EPOCH : now;
    }
}
