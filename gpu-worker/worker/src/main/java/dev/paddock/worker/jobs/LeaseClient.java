package dev.paddock.worker.jobs;

import dev.paddock.contracts.lease.CheckpointReport;
import dev.paddock.contracts.lease.CompletionReport;
import dev.paddock.contracts.lease.FailureReport;
import dev.paddock.contracts.lease.Lease;
import dev.paddock.contracts.lease.LeaseRelease;
import dev.paddock.contracts.lease.LeaseRenewal;
import dev.paddock.contracts.lease.LeaseRequest;
import dev.paddock.contracts.lease.LeaseState;
import dev.paddock.kit.identity.ServiceClients;
import dev.paddock.kit.problem.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** training-job's queue over HTTP. A conflict means that the lease is lost. */
class LeaseClient {
    private static final String OWN_TENANT = "default";
    private final ServiceClients clients;

    LeaseClient(ServiceClients clients) {
        this.clients = clients;
    }

    Optional<Lease> claim(String workerId, List<String> methods) {
        return Optional.ofNullable(http(OWN_TENANT)
                .post()
                .uri("/internal/v1/leases")
                .contentType(MediaType.APPLICATION_JSON)
                .body(new LeaseRequest(workerId, methods))
                .retrieve()
                .body(Lease.class));
    }

    LeaseState renew(Lease lease, LeaseRenewal renewal) {
        return unlessFenced(() -> Objects.requireNonNull(http(lease.tenant())
                .put()
                .uri("/internal/v1/leases/{id}", lease.jobId())
                .contentType(MediaType.APPLICATION_JSON)
                .body(renewal)
                .retrieve()
                .body(LeaseState.class)));
    }

    void checkpoint(Lease lease, int step, String digest) {
        report(lease, "checkpoints", new CheckpointReport(lease.fencingToken(), step, digest));
    }

    void complete(Lease lease, CompletionReport report) {
        report(lease, "completion", report);
    }

    void fail(Lease lease, FailureReport report) {
        report(lease, "failure", report);
    }

    void release(Lease lease) {
        report(lease, "release", new LeaseRelease(lease.fencingToken()));
    }

    private void report(Lease lease, String what, Object body) {
        UUID id = lease.jobId();
        unlessFenced(() -> http(lease.tenant())
                .post()
                .uri("/internal/v1/leases/{id}/" + what, id)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .retrieve()
                .toBodilessEntity());
    }

    private static <T> T unlessFenced(Supplier<T> call) {
        try {
            return call.get();
        } catch (ProblemException e) {
            if (e.code().status() == 409) {
                throw new FencedException(String.valueOf(e.getMessage()), e);
            }
            throw e;
        }
    }

    private RestClient http(String tenant) {
        return clients.to("training-job", tenant);
    }
}
