package dev.paddock.trainingjob.job;

import dev.paddock.contracts.event.TrainingMeasurements;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;

/** What a finished job made, and with which code. */
@Embeddable
public record Outcome(
        String artifactDigest,
        String codeVersion,
        @Convert(converter = MeasurementsText.class) TrainingMeasurements measurements) {}
