package dev.paddock.worker.jobs;

import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.kit.artifacts.FolderArtifactStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** A program that runs a job until it is killed; takes the folder of its work. */
public final class FaultyJob {
    private FaultyJob() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        runner(new RecordingLeases(), folder).run(TinyJob.lease(order(folder, "KILLED"), 1, null), () -> false);
    }

    static JobRunner runner(LeaseClient leases, Path folder) throws IOException {
        return new JobRunner(
                leases,
                new FolderArtifactStore(folder.resolve("store")),
                MethodOfTests.alone(FaultyMethod.class, folder.resolve("catalogue")),
                folder.resolve("jobs"),
                "test");
    }

    static TrainingOrder order(Path folder, String fault) throws IOException {
        TrainingOrder order = TinyJob.order(
                new FolderArtifactStore(folder.resolve("store")), folder, "faulty", "{\"fault\":\"" + fault + "\"}");
        return new TrainingOrder(
                order.name(),
                order.method(),
                "none",
                "none",
                order.parameters(),
                order.seed(),
                order.baseVersionId(),
                order.baseDigest(),
                Objects.requireNonNull(order.datasetVersionId()),
                Objects.requireNonNull(order.datasetDigest()));
    }
}
