package dev.paddock.evaluation.suite;

import dev.paddock.catalogue.EntryKind;
import dev.paddock.evaluation.gate.Gate;
import dev.paddock.kit.artifacts.ArtifactStore;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a candidate and of its base, and the bar for the difference.
 *
 * @param <P> its parameters
 */
@EntryKind("suite")
public interface Suite<P extends Record> {
    /** The items for a version; empty where the suite has nothing to ask of it. */
    SuiteItems items(Subject subject, ArtifactStore artifacts, P params);

    /** The bar that the candidate must clear. */
    Gate gate();

    /** Whether a candidate of this kind can be asked at all; one that cannot is judged without this suite. */
    default boolean appliesTo(Subject subject) {
        return subject.classifier() == null;
    }

    /**
     * What a suite may look at.
     *
     * @param datasetDigest the dataset version that the candidate was trained on, by its artifact's digest
     * @param classifier what the candidate's labels are; null where it writes texts
     */
    record Subject(
            String tenant,
            @Nullable String datasetDigest,
            @Nullable ClassifierLabels classifier) {}
}
