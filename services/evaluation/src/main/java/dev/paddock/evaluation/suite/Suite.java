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

    /** What a suite may look at: the dataset version that the candidate was trained on, by its artifact's digest. */
    record Subject(String tenant, @Nullable String datasetDigest) {}
}
