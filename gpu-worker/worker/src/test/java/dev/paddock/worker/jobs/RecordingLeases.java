package dev.paddock.worker.jobs;

import dev.paddock.contracts.lease.CheckpointReference;
import dev.paddock.contracts.lease.CompletionReport;
import dev.paddock.contracts.lease.FailureReport;
import dev.paddock.contracts.lease.Lease;
import dev.paddock.contracts.lease.LeaseRenewal;
import dev.paddock.contracts.lease.LeaseState;
import dev.paddock.kit.identity.IdentityProperties;
import dev.paddock.kit.identity.ServiceAddresses;
import dev.paddock.kit.identity.ServiceClients;
import dev.paddock.kit.identity.ServiceTokens;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A training-job service that agrees with everything and writes it down. */
class RecordingLeases extends LeaseClient {
    final List<CheckpointReference> checkpoints = new CopyOnWriteArrayList<>();
    final List<CompletionReport> completions = new CopyOnWriteArrayList<>();
    final List<FailureReport> failures = new CopyOnWriteArrayList<>();
    final List<String> logs = new CopyOnWriteArrayList<>();
    private Runnable afterCheckpoint = () -> {};

    RecordingLeases() {
        super(new ServiceClients(
                new ServiceAddresses(Map.of()),
                new ServiceTokens(new IdentityProperties("http://127.0.0.1", null, null, null, null)),
                "test"));
    }

    /** What happens in the world once a checkpoint is registered. */
    void afterCheckpoint(Runnable event) {
        afterCheckpoint = event;
    }

    @Override
    LeaseState renew(Lease lease, LeaseRenewal renewal) {
        logs.addAll(renewal.logs());
        return new LeaseState(false, lease.expiresAt());
    }

    @Override
    void checkpoint(Lease lease, int step, String digest) {
        checkpoints.add(new CheckpointReference(step, digest));
        afterCheckpoint.run();
    }

    @Override
    void complete(Lease lease, CompletionReport report) {
        completions.add(report);
    }

    @Override
    void fail(Lease lease, FailureReport report) {
        failures.add(report);
    }
}
