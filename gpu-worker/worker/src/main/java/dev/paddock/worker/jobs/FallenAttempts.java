package dev.paddock.worker.jobs;

import dev.paddock.contracts.lease.FailureReport;
import dev.paddock.contracts.lease.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Attempts whose process ended without a word: killed, out of the container's memory, or by a fault in native code. The
 * process that comes after it finds their folders, says so in their place, and clears them.
 */
final class FallenAttempts {
    private static final Logger LOG = LoggerFactory.getLogger(FallenAttempts.class);
    private static final String CAUSE =
            "the worker's process ended in the middle of attempt %d: it was killed, ran out of the memory that its container"
                    + " may have, or met a fault in native code (its log says which); the next attempt goes on from the last"
                    + " checkpoint. Where it was memory, lower batchSize or sequenceLength or order gradientCheckpointing";

    private final LeaseClient leases;
    private final Path folder;

    /** @param folder of all attempts */
    FallenAttempts(LeaseClient leases, Path folder) {
        this.leases = leases;
        this.folder = folder;
    }

    void report() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var folders = Files.list(folder)) {
            for (Path attempt : folders.filter(Files::isDirectory).toList()) {
                if (!AttemptMark.isHeld(attempt)) {
                    AttemptMark.read(attempt).ifPresent(this::tell);
                    FileSystemUtils.deleteRecursively(attempt);
                }
            }
        } catch (IOException e) {
            LOG.warn("what earlier attempts left in {} could not be cleared: {}", folder, e.toString());
        }
    }

    private void tell(Lease lease) {
        LOG.error("job {} attempt {} had lost its process", lease.jobId(), lease.attempt());
        try {
            leases.fail(
                    lease,
                    new FailureReport(lease.fencingToken(), "worker-fell", CAUSE.formatted(lease.attempt()), true));
        } catch (FencedException e) {
            LOG.info("job {} has gone on elsewhere", lease.jobId());
        } catch (RuntimeException e) {
            LOG.warn("the end of job {} could not be told; its lease lapses: {}", lease.jobId(), e.getMessage());
        }
    }
}
