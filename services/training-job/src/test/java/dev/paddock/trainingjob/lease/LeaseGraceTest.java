package dev.paddock.trainingjob.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.trainingjob.TrainingJobProperties;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LeaseGraceTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(30);

    @Test
    void noLeaseLapsesWhileNobodyCouldRenewIt() {
        LeaseGrace grace = new LeaseGrace(
                Clock.fixed(START, ZoneOffset.UTC),
                new TrainingJobProperties(LEASE, 3, Duration.ZERO, LEASE, LEASE, LEASE, Duration.ZERO));
        assertThat(grace.lapsedBefore(START)).as("not answering yet").isEqualTo(Instant.EPOCH);
        grace.begin();
        Instant lastMoment = START.plusSeconds(29);
        assertThat(grace.lapsedBefore(lastMoment)).isEqualTo(Instant.EPOCH);
        Instant over = START.plusSeconds(30);
        assertThat(grace.lapsedBefore(over)).isEqualTo(over);
    }
}
