package dev.paddock.trainingjob.job;

import dev.paddock.contracts.event.TrainingEnvironment;
import dev.paddock.contracts.event.TrainingMeasurements;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/** What a finished job made, with which code and in what; an adapter where artifactKind is absent. */
@Embeddable
public record Outcome(
        String artifactDigest,
        String codeVersion,
        @Convert(converter = MeasurementsText.class) TrainingMeasurements measurements,
        @Nullable String artifactKind,

        @Convert(converter = EnvironmentText.class) @Nullable TrainingEnvironment environment) {}
