package dev.paddock.contracts.lease;

import dev.paddock.contracts.event.TrainingEnvironment;
import dev.paddock.contracts.event.TrainingMeasurements;
import org.jspecify.annotations.Nullable;

/**
 * The job is done; its artifact is in the store.
 *
 * @param artifactKind the word of an {@link dev.paddock.contracts.event.ArtifactKind}; an adapter where it is absent
 * @param environment what it was computed in; null from a worker that did not tell
 */
public record CompletionReport(
        long fencingToken,
        String artifactDigest,
        String codeVersion,
        TrainingMeasurements measurements,
        @Nullable String artifactKind,
        @Nullable TrainingEnvironment environment) {}
