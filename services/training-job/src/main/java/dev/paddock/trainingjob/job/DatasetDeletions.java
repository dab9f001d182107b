package dev.paddock.trainingjob.job;

import dev.paddock.contracts.event.DatasetVersionDeleted;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import dev.paddock.trainingjob.source.DatasetVersion;
import dev.paddock.trainingjob.source.DatasetVersions;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Ends the jobs whose rows were deleted; a deletion that comes before its publication stands, too. */
@Component
class DatasetDeletions implements EventConsumer<DatasetVersionDeleted> {
    private final DatasetVersions versions;
    private final TrainingJobs jobs;
    private final JobEvents events;
    private final Clock clock;

    DatasetDeletions(DatasetVersions versions, TrainingJobs jobs, JobEvents events, Clock clock) {
        this.versions = versions;
        this.jobs = jobs;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Class<DatasetVersionDeleted> type() {
        return DatasetVersionDeleted.class;
    }

    @Override
    public void on(DatasetVersionDeleted event, EventContext context) {
        versions.lock(event.versionId(), context.tenant())
                .flatMap(versions::findById)
                .ifPresentOrElse(DatasetVersion::markDeleted, () -> keepDeleted(event, context.tenant()));
        for (TrainingJob job : jobs.unfinishedOn(event.versionId(), context.tenant())) {
            job.giveUp(
                    "dataset-version-deleted",
                    "dataset version %s was deleted by %s: publish a new version and order again"
                            .formatted(event.versionId(), event.deletedBy()),
                    clock.instant());
            events.failed(job);
        }
    }

    private void keepDeleted(DatasetVersionDeleted event, String tenant) {
        if (!versions.existsById(event.versionId())) {
            versions.save(new DatasetVersion(event, tenant));
        }
    }
}
