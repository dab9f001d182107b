package dev.paddock.worker.estimate;

import dev.paddock.contracts.lease.TrainingEstimate;
import dev.paddock.contracts.lease.TrainingEstimate.OnGpu;
import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.llama.training.estimate.Change;
import dev.paddock.llama.training.estimate.Changes;
import dev.paddock.llama.training.estimate.Estimate;
import dev.paddock.llama.training.estimate.Estimator;
import dev.paddock.llama.training.estimate.Gpu;
import dev.paddock.llama.training.estimate.GpuTable;
import dev.paddock.llama.training.estimate.MemoryLimit;
import dev.paddock.methods.training.RunPlan;
import dev.paddock.methods.training.TrainingCatalogue;
import dev.paddock.methods.training.TrainingInput;
import dev.paddock.worker.ConditionalOnRole;
import dev.paddock.worker.WorkerIdentity;
import dev.paddock.worker.WorkerRole;
import dev.paddock.worker.models.ArtifactFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.node.ObjectNode;

/** Estimates orders from their base, their rows and this machine. */
@Component
@ConditionalOnRole(WorkerRole.TRAINING)
class Estimates {
    private final TrainingCatalogue methods;
    private final ArtifactFolders folders;
    private final ArtifactStore artifacts;
    private final ThisMachine machine;
    private final WorkerIdentity identity;
    private final Clock clock;

    Estimates(
            TrainingCatalogue methods,
            ArtifactFolders folders,
            ArtifactStore artifacts,
            ThisMachine machine,
            WorkerIdentity identity,
            Clock clock) {
        this.methods = methods;
        this.folders = folders;
        this.artifacts = artifacts;
        this.machine = machine;
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * What the order would take here; empty for a method that does not tell.
     *
     * @param memoryOnly whether time is left out, and with it the calibration
     */
    Optional<TrainingEstimate> of(TrainingOrder order, boolean memoryOnly) throws IOException {
        String dataset = order.datasetDigest();
        if (dataset == null || !methods.methods().ids().contains(order.method())) {
            return Optional.empty();
        }
        Path base = folders.folder(order.baseDigest());
        Path rows = Files.createTempDirectory("rows");
        try {
            artifacts.materialize(new Digest(dataset), rows.resolve("dataset"));
            return of(order, base, rows.resolve("dataset/train.jsonl"), memoryOnly);
        } catch (NoSuchFileException e) {
            throw ProblemException.invalid("datasetDigest", dataset, "the store has no such rows");
        } finally {
            FileSystemUtils.deleteRecursively(rows);
        }
    }

    private Optional<TrainingEstimate> of(TrainingOrder order, Path base, Path rows, boolean memoryOnly) {
        TrainingInput input =
                new TrainingInput(base, rows, base, null, base, order.baseDigest(), order.seed(), clock.instant());
        return SampledPlan.of(
                        methods.compose(order.method(), order.adapter(), order.objective()),
                        (ObjectNode) order.parameters(),
                        input)
                .map(run -> estimate(new Estimator(memoryOnly ? Processes.unmeasured() : machine.calibration()), run));
    }

    private TrainingEstimate estimate(Estimator estimator, RunPlan run) {
        Estimate estimate = estimator.estimate(run.work(), run.plan());
        long limit = MemoryLimit.bytes().orElse(0);
        boolean fits = limit == 0 || estimate.peakMemoryBytes() <= limit;
        return new TrainingEstimate(
                identity.id(),
                estimate.peakMemoryBytes(),
                estimate.memory(),
                limit,
                fits,
                fits
                        ? null
                        : Changes.find(estimator, run.work(), limit)
                                .map(Change::text)
                                .orElse(null),
                estimate.trainedParameters(),
                estimate.steps(),
                estimate.tokens(),
                estimate.seconds(),
                estimate.assumptions(),
                GpuTable.all().stream().map(gpu -> onGpu(gpu, run)).toList());
    }

    private static OnGpu onGpu(Gpu gpu, RunPlan run) {
        Estimate estimate = GpuTable.estimate(gpu, run.work(), run.plan());
        return new OnGpu(
                gpu.name(),
                gpu.memoryBytes(),
                estimate.peakMemoryBytes(),
                estimate.peakMemoryBytes() <= gpu.memoryBytes(),
                estimate.seconds(),
                estimate.measured(),
                gpu.source());
    }
}
