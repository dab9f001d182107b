package dev.paddock.dataset.version;

import dev.paddock.contracts.event.DatasetVersionDeleted;
import dev.paddock.contracts.event.DatasetVersionPublished;
import dev.paddock.dataset.definition.Dataset;
import dev.paddock.dataset.definition.Datasets;
import dev.paddock.dataset.recipe.ReadyRecipe;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.kit.outbox.Outbox;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Version, row locations and event in one transaction. */
@Component
class Publication {
    private final DatasetVersions versions;
    private final RowLocations locations;
    private final Outbox outbox;
    private final Datasets datasets;
    private final TimeOrderedIds ids;
    private final Clock clock;

    Publication(
            DatasetVersions versions,
            RowLocations locations,
            Outbox outbox,
            Datasets datasets,
            TimeOrderedIds ids,
            Clock clock) {
        this.versions = versions;
        this.locations = locations;
        this.outbox = outbox;
        this.datasets = datasets;
        this.ids = ids;
        this.clock = clock;
    }

    /** A version and whether it is new. */
    record Published(DatasetVersion version, boolean isNew) {}

    /** Publishes what was built; when the dataset already has a version with these contents, that one is the answer. */
    @Transactional
    public Published publish(
            Caller caller, Dataset dataset, VersionOrder order, ReadyRecipe recipe, BuiltVersion built) {
        datasets.lockLive(caller.tenant(), dataset.id());
        Optional<DatasetVersion> same = versions.findFirstByTenantAndDatasetIdAndDigestAndState(
                caller.tenant(), dataset.id(), built.digest().value(), DatasetVersion.PUBLISHED);
        if (same.isPresent()) {
            return new Published(same.get(), false);
        }
        int number = versions.lastNumber(caller.tenant(), dataset.id()) + 1;
        DatasetVersion version = versions.saveAndFlush(
                new DatasetVersion(ids.next(), caller.tenant(), dataset.id(), number, caller.subject(), clock.instant())
                        .madeOf(order, recipe.parameters().toString())
                        .containing(built));
        locations.add(caller.tenant(), version.id(), "train", built.file("train.jsonl"));
        locations.add(caller.tenant(), version.id(), "test", built.file("test.jsonl"));
        outbox.publish(caller.tenant(), published(version.view(), dataset));
        return new Published(version, true);
    }

    private static DatasetVersionPublished published(VersionView version, Dataset dataset) {
        return new DatasetVersionPublished(
                version.id(),
                dataset.id(),
                dataset.name(),
                version.number(),
                version.digest(),
                version.recipe(),
                version.parameters(),
                version.documents(),
                version.uploads(),
                version.counts().train(),
                version.counts().test(),
                version.createdBy());
    }

    @Transactional
    public void delete(Caller caller, DatasetVersion found) {
        DatasetVersion version = versions.require(caller.tenant(), found.id());
        version.markDeleted();
        versions.saveAndFlush(version);
        locations.remove(caller.tenant(), version.id());
        outbox.publish(caller.tenant(), new DatasetVersionDeleted(version.id(), version.datasetId(), caller.subject()));
    }
}
