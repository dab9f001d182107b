package dev.paddock.trainingjob.job;

import dev.paddock.contracts.lease.TrainingEstimate;
import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import dev.paddock.trainingjob.estimate.TrainingEstimates;
import dev.paddock.trainingjob.order.OrderRequest;
import dev.paddock.trainingjob.order.OrderRules;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Orders, looks up and cancels jobs. */
@RestController
@RequestMapping(JobController.PATH)
class JobController {
    static final String PATH = "/api/v1/training-jobs";

    private final OrderRules rules;
    private final JobDesk desk;
    private final TrainingJobs jobs;
    private final TrainingEstimates estimates;

    JobController(OrderRules rules, JobDesk desk, TrainingJobs jobs, TrainingEstimates estimates) {
        this.estimates = estimates;
        this.rules = rules;
        this.desk = desk;
        this.jobs = jobs;
    }

    /** Places an order, or with {@code dryRun} answers with what a worker would get and what it would take. */
    @PostMapping
    ResponseEntity<?> place(@RequestBody OrderRequest request, Caller caller) {
        TrainingOrder order = rules.check(request, caller.tenant());
        if (Boolean.TRUE.equals(request.dryRun())) {
            return ResponseEntity.ok(estimates.check(order, caller.tenant()));
        }
        estimates.requireFit(order, caller.tenant());
        TrainingJob job = desk.place(order, new Ownership(caller.tenant(), caller.subject(), null, null));
        return ResponseEntity.created(URI.create(PATH + "/" + job.facts().id()))
                .eTag(ETags.of(job.facts().version()))
                .body(JobView.of(job));
    }

    /** Memory and time that the order would take; it is not placed. */
    @PostMapping("/estimate")
    TrainingEstimate estimate(@RequestBody OrderRequest request, Caller caller) {
        return estimates.of(rules.check(request, caller.tenant()), caller.tenant());
    }

    @GetMapping
    Page<JobView> list(Caller caller, PageQuery query) {
        return Page.of(
                        jobs.page(caller.tenant(), query.before(), Limit.of(query.limitAndOne())),
                        query,
                        job -> job.facts().id())
                .map(JobView::of);
    }

    @GetMapping("/{id}")
    ResponseEntity<JobView> get(@PathVariable("id") UUID id, Caller caller) {
        return answer(jobs.of(id, caller.tenant()));
    }

    @PostMapping("/{id}/cancel")
    ResponseEntity<JobView> cancel(
            @PathVariable("id") UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Caller caller) {
        return answer(desk.cancel(id, caller, ifMatch));
    }

    private static ResponseEntity<JobView> answer(TrainingJob job) {
        return ResponseEntity.ok().eTag(ETags.of(job.facts().version())).body(JobView.of(job));
    }
}
