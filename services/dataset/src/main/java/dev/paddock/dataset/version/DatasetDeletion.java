package dev.paddock.dataset.version;

import dev.paddock.dataset.DatasetProblem;
import dev.paddock.dataset.definition.Dataset;
import dev.paddock.dataset.definition.Datasets;
import dev.paddock.dataset.source.DiscardedBlobs;
import dev.paddock.dataset.upload.Upload;
import dev.paddock.dataset.upload.Uploads;
import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.problem.ProblemException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Deletes a dataset whose versions are all deleted: its uploads leave the store, its row stays as their name. */
@Component
class DatasetDeletion {
    private static final int NAMED = 20;

    private final Datasets datasets;
    private final DatasetVersions versions;
    private final Uploads uploads;
    private final DiscardedBlobs discarded;
    private final TransactionTemplate transaction;
    private final Clock clock;

    DatasetDeletion(
            Datasets datasets,
            DatasetVersions versions,
            Uploads uploads,
            DiscardedBlobs discarded,
            TransactionTemplate transaction,
            Clock clock) {
        this.datasets = datasets;
        this.versions = versions;
        this.uploads = uploads;
        this.discarded = discarded;
        this.transaction = transaction;
        this.clock = clock;
    }

    void delete(Caller caller, UUID id, @Nullable String ifMatch) {
        transaction.executeWithoutResult(status -> mark(caller, id, ifMatch));
        discarded.sweep(caller.tenant());
    }

    private void mark(Caller caller, UUID id, @Nullable String ifMatch) {
        Dataset dataset = datasets.lockLive(caller.tenant(), id);
        ETags.require(ifMatch, dataset.version());
        requireNoPublished(caller.tenant(), dataset);
        List<Upload> rows = uploads.findByTenantAndDatasetId(caller.tenant(), id);
        uploads.deleteAll(rows);
        dataset.markDeleted(caller.subject(), clock.instant());
        datasets.saveAndFlush(dataset);
        discarded.discard(
                caller.tenant(),
                rows.stream()
                        .flatMap(upload -> Stream.of(upload.digest(), upload.rowsDigest()))
                        .toList());
    }

    private void requireNoPublished(String tenant, Dataset dataset) {
        List<DatasetVersion> published =
                versions.findByTenantAndDatasetIdAndStateOrderByNumber(tenant, dataset.id(), DatasetVersion.PUBLISHED);
        if (published.isEmpty()) {
            return;
        }
        String names = published.stream()
                .limit(NAMED)
                .map(version -> version.number() + " (" + version.id() + ")")
                .collect(Collectors.joining(", "));
        throw new ProblemException(
                DatasetProblem.VERSIONS_PUBLISHED,
                "dataset " + dataset.name() + " has published versions: " + names
                        + (published.size() > NAMED ? " and " + (published.size() - NAMED) + " more" : "")
                        + "; delete them first");
    }
}
