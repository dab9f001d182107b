package dev.paddock.trainingjob.lease;

import dev.paddock.contracts.lease.CheckpointReport;
import dev.paddock.contracts.lease.CompletionReport;
import dev.paddock.contracts.lease.FailureReport;
import dev.paddock.contracts.lease.Lease;
import dev.paddock.contracts.lease.LeaseRelease;
import dev.paddock.contracts.lease.LeaseRenewal;
import dev.paddock.contracts.lease.LeaseRequest;
import dev.paddock.contracts.lease.LeaseState;
import dev.paddock.kit.identity.Caller;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The queue as workers see it. Workers serve every tenant; a lease says whose job it is, and its reports name that tenant. */
@RestController
@RequestMapping("/internal/v1/leases")
class LeaseController {
    private final LeaseDesk desk;
    private final LeaseReports reports;

    LeaseController(LeaseDesk desk, LeaseReports reports) {
        this.desk = desk;
        this.reports = reports;
    }

    @PostMapping
    ResponseEntity<Lease> claim(@RequestBody LeaseRequest request) {
        ReportRules.check(request);
        return desk.claim(request).map(ResponseEntity::ok).orElseGet(() -> ResponseEntity.noContent()
                .build());
    }

    @PutMapping("/{id}")
    LeaseState renew(Caller caller, @PathVariable("id") UUID id, @RequestBody LeaseRenewal renewal) {
        ReportRules.check(renewal);
        return reports.renew(caller.tenant(), id, renewal);
    }

    @PostMapping("/{id}/checkpoints")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void checkpoint(Caller caller, @PathVariable("id") UUID id, @RequestBody CheckpointReport report) {
        ReportRules.digest("digest", report.digest());
        reports.checkpoint(caller.tenant(), id, report);
    }

    @PostMapping("/{id}/completion")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void complete(Caller caller, @PathVariable("id") UUID id, @RequestBody CompletionReport report) {
        ReportRules.digest("artifactDigest", report.artifactDigest());
        ReportRules.kind(report.artifactKind());
        ReportRules.environment(report.environment());
        reports.complete(caller.tenant(), id, report);
    }

    @PostMapping("/{id}/failure")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void fail(Caller caller, @PathVariable("id") UUID id, @RequestBody FailureReport report) {
        reports.fail(caller.tenant(), id, report);
    }

    @PostMapping("/{id}/release")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void release(Caller caller, @PathVariable("id") UUID id, @RequestBody LeaseRelease release) {
        reports.release(caller.tenant(), id, release);
    }
}
