package dev.paddock.registry.lineage;

import dev.paddock.contracts.event.SourceVersion;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a job is made of. */
record MergeSources(
        UUID baseVersionId,
        List<SourceVersion> sources,
        @Nullable UUID datasetVersionId) {
    static MergeSources of(UUID base, @Nullable List<SourceVersion> sources, UUID dataset) {
        return new MergeSources(base, sources == null ? List.of() : sources, dataset);
    }

    void draw(Lineage lineage, String tenant, NodeReference job) {
        lineage.edge(tenant, NodeReference.of(NodeKind.VERSION, baseVersionId), job);
        sources.forEach(source -> lineage.edge(tenant, NodeReference.of(NodeKind.VERSION, source.versionId()), job));
        if (datasetVersionId != null) {
            lineage.edge(tenant, NodeReference.of(NodeKind.DATASET_VERSION, datasetVersionId), job);
        }
    }
}
