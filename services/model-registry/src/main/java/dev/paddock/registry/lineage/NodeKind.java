package dev.paddock.registry.lineage;

import java.util.Arrays;
import java.util.Optional;

/** What stands in the graph; rows stay with dataset, under their dataset version. */
public enum NodeKind {
    DOCUMENT,
    UPLOAD,
    DATASET_VERSION,
    JOB,
    VERSION,
    EVALUATION,
    APPROVAL,
    DEPLOYMENT,
    ANSWER;

    /** As it stands in addresses, for example {@code dataset-version}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public static Optional<NodeKind> find(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
