package dev.paddock.worker.jobs;

import dev.paddock.contracts.event.ArtifactKind;
import dev.paddock.contracts.event.SourceVersion;
import dev.paddock.contracts.event.TrainingEnvironment;
import dev.paddock.contracts.event.TrainingMeasurements;
import dev.paddock.contracts.lease.CheckpointReference;
import dev.paddock.contracts.lease.CompletionReport;
import dev.paddock.contracts.lease.Lease;
import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.llama.training.PeakMemory;
import dev.paddock.methods.training.TrainingCatalogue;
import dev.paddock.methods.training.TrainingInput;
import dev.paddock.worker.estimate.SampledPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.node.ObjectNode;

/** Runs one job from its lease to its report. */
class JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private final LeaseClient leases;
    private final ArtifactStore artifacts;

    private final TrainingCatalogue methods;

    private final Path folder;
    private final String codeVersion;

    JobRunner(LeaseClient leases, ArtifactStore artifacts, TrainingCatalogue methods, Path folder, String codeVersion) {
        this.leases = leases;
        this.artifacts = artifacts;
        this.methods = methods;
        this.folder = folder;
        this.codeVersion = codeVersion;
    }

    /** Tells of attempts that earlier processes of this worker left in the middle. */
    void reportFallen() {
        new FallenAttempts(leases, folder).report();
    }

    void run(Lease lease, BooleanSupplier stopping) {
        Path work = folder.resolve("job-" + lease.jobId() + "-" + lease.attempt());
        LOG.info("job {} attempt {} begins", lease.jobId(), lease.attempt());
        PeakMemory.reset();
        try (LeaseKeeper keeper = new LeaseKeeper(leases, lease)) {
            JobReports reports = new JobReports(leases, lease, keeper, checkpoints(lease), stopping);
            try (AttemptMark mark = AttemptMark.write(work, lease)) {
                work(lease, mark.folder(), reports, keeper);
            } catch (JobEndedException e) {
                LOG.info("job {} ends here: {}", lease.jobId(), e.getMessage());
            } catch (FencedException e) {
                LOG.warn("job {} is another worker's now", lease.jobId());
            } catch (Throwable e) { // native code and methods of others end in errors, too
                if (stopping.getAsBoolean()) {
                    LOG.info("job {} ends here, since this worker is being stopped", lease.jobId(), e);
                } else {
                    fail(lease, keeper, e);
                }
            }
        } finally {
            delete(work);
        }
    }

    private void fail(Lease lease, LeaseKeeper keeper, Throwable failure) {
        LOG.error("job {} attempt {} failed", lease.jobId(), lease.attempt(), failure);
        try {
            keeper.endWith(() -> leases.fail(lease, FailureCauses.of(lease.fencingToken(), failure)));
        } catch (RuntimeException e) {
            LOG.warn("the failure of job {} could not be told; its lease lapses: {}", lease.jobId(), e.getMessage());
        }
    }

    private void work(Lease lease, Path work, JobReports reports, LeaseKeeper keeper) throws IOException {
        Path output = work.resolve("result");
        long begin = System.nanoTime();
        MergeJobs merging = new MergeJobs(digest -> fetchOnce(digest, work));
        if (merging.ids().contains(lease.order().method())) {
            merging.run(lease.order(), output, reports);
        } else {
            TrainingOrder order = lease.order();
            TrainingInput input = input(lease, work, output).withSources(sources(order, work));
            TrainingCatalogue.Composed composed = methods.compose(order.method(), order.adapter(), order.objective());
            expect(composed, (ObjectNode) order.parameters(), input, reports);
            composed.train((ObjectNode) order.parameters(), input, reports);
        }
        reports.endIfLost();
        ArtifactKind kind = ResultFolder.kind(output);
        TrainingEnvironment environment = Environments.told(reports.environment());
        Provenance.write(output, lease, codeVersion, environment);
        Digest result = artifacts.putFolder(output);
        TrainingMeasurements measurements = reports.measurements((System.nanoTime() - begin) / 1e9);
        CompletionReport report = new CompletionReport(
                lease.fencingToken(), result.value(), codeVersion, measurements, kind.word(), environment);
        Retry.untilAnswered(() -> keeper.endWith(() -> leases.complete(lease, report)));
        LOG.info("job {} made {} {}", lease.jobId(), kind.word(), result);
    }

    private TrainingInput input(Lease lease, Path work, Path output) throws IOException {
        TrainingOrder order = lease.order();
        if (order.datasetDigest() == null) {
            throw new IllegalArgumentException("method " + order.method() + " trains on rows and the order names none");
        }
        return new TrainingInput(
                fetch(artifacts, order.baseDigest(), work.resolve("base")),
                fetch(artifacts, order.datasetDigest(), work.resolve("dataset")).resolve("train.jsonl"),
                Files.createDirectories(work.resolve("checkpoints")),
                lease.checkpoint() == null ? null : resume(lease, lease.checkpoint(), work.resolve("resume")),
                output,
                order.baseDigest(),
                order.seed(),
                lease.orderedAt());
    }

    private List<TrainingInput.Source> sources(TrainingOrder order, Path work) throws IOException {
        List<TrainingInput.Source> sources = new ArrayList<>();
        for (SourceVersion source : Objects.requireNonNullElse(order.sources(), List.<SourceVersion>of())) {
            sources.add(new TrainingInput.Source(
                    source.versionId().toString(),
                    fetchOnce(source.digest(), work),
                    source.baseDigest(),
                    source.weight()));
        }
        return sources;
    }

    private Path fetchOnce(String digest, Path work) throws IOException {
        Path folder = work.resolve(new Digest(digest).hex());
        return Files.isDirectory(folder) ? folder : fetch(artifacts, digest, folder);
    }

    /** Logs what the run is expected to take, and refuses it where it cannot fit. */
    private static void expect(
            TrainingCatalogue.Composed composed, ObjectNode parameters, TrainingInput input, JobReports reports) {
        SampledPlan.of(composed, parameters, input).ifPresent(run -> reports.log(MemoryCheck.of(run)));
    }

    private ArtifactStore checkpoints(Lease lease) {
        return artifacts.within(CheckpointReference.area(lease.jobId()));
    }

    /** A checkpoint that is not in the job's area lies among the other artifacts. */
    private Path resume(Lease lease, CheckpointReference checkpoint, Path target) throws IOException {
        ArtifactStore own = checkpoints(lease);
        boolean there = own.exists(new Digest(checkpoint.digest()));
        return fetch(there ? own : artifacts, checkpoint.digest(), target);
    }

    private static Path fetch(ArtifactStore store, String digest, Path target) throws IOException {
        Digest folder = new Digest(digest);
        store.verify(folder);
        store.materialize(folder, Files.createDirectories(target));
        return target;
    }

    private static void delete(@Nullable Path work) {
        try {
            FileSystemUtils.deleteRecursively(work);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clear " + work, e);
        }
    }
}
