package dev.paddock.trainingjob.job;

import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Attempts, metrics and logs of a job, page by page or as they come; oldest first. */
@RestController
@RequestMapping(JobController.PATH + "/{id}")
class JournalController {
    private final TrainingJobs jobs;
    private final Attempts attempts;
    private final Journal journal;
    private final JobStreams streams;

    JournalController(TrainingJobs jobs, Attempts attempts, Journal journal, JobStreams streams) {
        this.jobs = jobs;
        this.attempts = attempts;
        this.journal = journal;
        this.streams = streams;
    }

    @GetMapping("/attempts")
    Page<AttemptView> attempts(@PathVariable("id") UUID id, Caller caller, PageQuery query) {
        jobs.of(id, caller.tenant());
        int after = (int) Math.min(Integer.MAX_VALUE, query.afterNumber());
        return Page.of(
                attempts.page(id, after, Limit.of(query.limitAndOne())).stream()
                        .map(Attempt::view)
                        .toList(),
                query,
                AttemptView::number);
    }

    @GetMapping("/metrics")
    Page<Metric> metrics(@PathVariable("id") UUID id, Caller caller, PageQuery query) {
        jobs.of(id, caller.tenant());
        return Page.of(journal.metrics(id, query.afterNumber(), query.limitAndOne()), query, Metric::id);
    }

    @GetMapping("/logs")
    Page<JournalEntry> logs(@PathVariable("id") UUID id, Caller caller, PageQuery query) {
        jobs.of(id, caller.tenant());
        return Page.of(journal.lines(id, query.afterNumber(), query.limitAndOne()), query, JournalEntry::id);
    }

    /** Server-sent events {@code state}, {@code progress}, {@code metric} and {@code log} until the job ends. */
    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(
            @PathVariable("id") UUID id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            Caller caller) {
        jobs.of(id, caller.tenant());
        return streams.open(id, StreamPosition.after(lastEventId));
    }
}
