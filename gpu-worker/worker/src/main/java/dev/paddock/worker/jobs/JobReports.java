package dev.paddock.worker.jobs;

import dev.paddock.contracts.event.TrainingMeasurements;
import dev.paddock.contracts.lease.Lease;
import dev.paddock.contracts.lease.MetricPoint;
import dev.paddock.contracts.lease.Progress;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.llama.training.PeakMemory;
import dev.paddock.llama.training.RunEnvironment;
import dev.paddock.llama.training.TrainingProgress;
import dev.paddock.methods.training.TrainingObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Carries a run's course to its lease; ends the run where it is no longer wanted. */
final class JobReports implements TrainingObserver {
    private final LeaseClient leases;
    private final Lease lease;
    private final LeaseKeeper keeper;
    private final ArtifactStore checkpoints;
    private final BooleanSupplier stopping;
    private @Nullable TrainingProgress last;
    private @Nullable RunEnvironment environment;

    JobReports(
            LeaseClient leases, Lease lease, LeaseKeeper keeper, ArtifactStore checkpoints, BooleanSupplier stopping) {
        this.leases = leases;
        this.lease = lease;
        this.keeper = keeper;
        this.checkpoints = checkpoints;
        this.stopping = stopping;
    }

    @Override
    public void computedIn(RunEnvironment now) {
        environment = now;
    }

    @Override
    public void progressed(TrainingProgress now) {
        last = now;
        keeper.progress(
                new Progress(
                        now.step(),
                        now.steps(),
                        now.loss(),
                        now.learningRate(),
                        now.tokensPerSecond(),
                        now.remaining().toSeconds(),
                        now.peakMemoryBytes()),
                List.of(
                        new MetricPoint(now.step(), "loss", now.loss()),
                        new MetricPoint(now.step(), "learning_rate", now.learningRate()),
                        new MetricPoint(now.step(), "gradient_norm", now.gradientNorm()),
                        new MetricPoint(now.step(), "tokens_per_second", now.tokensPerSecond())));
        endIfUnwanted();
    }

    @Override
    public void metric(int step, String name, double value) {
        keeper.metrics(List.of(new MetricPoint(step, name, value)));
    }

    @Override
    public void atWork() {
        endIfUnwanted();
    }

    @Override
    public void checkpointed(int step, Path checkpoint) {
        endIfLost();
        String digest = store(checkpoint);
        try {
            leases.checkpoint(lease, step, digest);
            keeper.log("checkpoint at step " + step);
        } catch (dev.paddock.kit.problem.ProblemException e) {
            keeper.log("the checkpoint at step " + step + " could not be registered: " + e.getMessage());
        }
    }

    /** A store that cannot take a checkpoint cannot take the result either: that ends the attempt. */
    private String store(Path checkpoint) {
        try {
            return checkpoints.putFolder(checkpoint).value();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void log(String line) {
        keeper.log(line);
    }

    private void endIfUnwanted() {
        endIfLost();
        if (keeper.cancelled()) {
            throw new JobEndedException("it was cancelled");
        }
        if (stopping.getAsBoolean()) {
            throw new JobEndedException("this worker is being stopped");
        }
    }

    void endIfLost() {
        if (keeper.lost()) {
            throw new JobEndedException("its lease is lost");
        }
    }

    /** What the run was computed in. */
    RunEnvironment environment() {
        return environment == null ? RunEnvironment.ofThisProcess(null) : environment;
    }

    TrainingMeasurements measurements(double seconds) {
        if (last == null) {
            return new TrainingMeasurements(0, 0, PeakMemory.bytes(), seconds, 0, 0);
        }
        long tokens = Math.round(last.tokensPerSecond() * seconds);
        return new TrainingMeasurements(
                last.loss(), last.tokensPerSecond(), last.peakMemoryBytes(), seconds, tokens, last.steps());
    }
}
