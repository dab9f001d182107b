package dev.paddock.trainingjob;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings under {@code paddock.training-job}.
 *
 * @param leaseDuration how long a worker holds a job without renewing
 * @param maxAttempts how often a job is started without getting to a further checkpoint before it is given up
 * @param retryDelay how long a job waits after a failed attempt
 * @param sweepInterval how often expired leases are looked for, and what sweeps wait for
 * @param streamInterval how often live streams look for news
 * @param progressEventInterval shortest time between two progress events of a job
 * @param arrivalPatience how long an order waits for the event of a version published a moment ago
 */
@Validated
@ConfigurationProperties(prefix = "paddock.training-job", ignoreUnknownFields = false)
public record TrainingJobProperties(
        @DefaultValue("PT30S") @DurationMin(millis = 100) @DurationMax(hours = 1)
        Duration leaseDuration,

        @DefaultValue("3") @Min(1) @Max(100) int maxAttempts,

        @DefaultValue("PT5S") @DurationMin(millis = 0) @DurationMax(hours = 1)
        Duration retryDelay,

        @DefaultValue("PT5S") @DurationMin(millis = 50) @DurationMax(minutes = 10)
        Duration sweepInterval,

        @DefaultValue("PT0.5S") @DurationMin(millis = 50) @DurationMax(minutes = 1)
        Duration streamInterval,

        @DefaultValue("PT15S") @DurationMin(millis = 0) @DurationMax(minutes = 10)
        Duration progressEventInterval,

        @DefaultValue("PT3S") @DurationMin(millis = 0) @DurationMax(seconds = 30)
        Duration arrivalPatience) {}
