package dev.paddock.evaluation.run;

import dev.paddock.evaluation.gate.Verdict;
import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import dev.paddock.kit.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Evaluations over HTTP. */
@RestController
@RequestMapping("/api/v1/evaluations")
class EvaluationController {
    private final EvaluationService service;
    private final Evaluations evaluations;
    private final AnswerPages answers;

    EvaluationController(EvaluationService service, Evaluations evaluations, AnswerPages answers) {
        this.service = service;
        this.evaluations = evaluations;
        this.answers = answers;
    }

    /** What to evaluate; without suites, on every one. */
    record EvaluationOrder(
            @NotNull UUID versionId, @Nullable List<String> suites) {}

    /** How many of the items of both models are answered. */
    record EvaluationProgress(int done, int total) {}

    /** An evaluation as callers see it. */
    record EvaluationView(
            UUID id,
            UUID versionId,
            String artifactDigest,
            String baseDigest,
            EvaluationState state,
            @Nullable Verdict verdict,
            EvaluationProgress progress,
            List<String> suites,
            List<Score> scores,
            List<GateResult> gates,
            @Nullable String error,
            String requestedBy,
            Instant createdAt,
            @Nullable Instant completedAt) {
        static EvaluationView of(Evaluation e) {
            return new EvaluationView(
                    e.id(),
                    e.versionId(),
                    e.artifactDigest(),
                    e.baseDigest(),
                    e.state(),
                    e.verdict(),
                    new EvaluationProgress(e.itemsDone(), e.itemsTotal()),
                    e.suites(),
                    e.scores(),
                    e.gates(),
                    e.error(),
                    e.requestedBy(),
                    e.createdAt(),
                    e.completedAt());
        }
    }

    @PostMapping
    ResponseEntity<EvaluationView> order(Caller caller, @Valid @RequestBody EvaluationOrder order) {
        Evaluation queued = service.order(caller.tenant(), order.versionId(), order.suites(), caller.subject());
        return ResponseEntity.created(URI.create("/api/v1/evaluations/" + queued.id()))
                .eTag(ETags.of(queued.lockVersion()))
                .body(EvaluationView.of(queued));
    }

    @GetMapping
    Page<EvaluationView> list(
            Caller caller, PageQuery query, @RequestParam(required = false) @Nullable UUID versionId) {
        return Page.of(
                        evaluations.page(caller.tenant(), query.before(), versionId, query.limitAndOne()),
                        query,
                        Evaluation::id)
                .map(EvaluationView::of);
    }

    @GetMapping("/{id}")
    ResponseEntity<EvaluationView> get(Caller caller, @PathVariable UUID id) {
        Evaluation found = find(caller, id);
        return ResponseEntity.ok().eTag(ETags.of(found.lockVersion())).body(EvaluationView.of(found));
    }

    /** Both models' answers to every item, by suite and item. */
    @GetMapping("/{id}/items")
    Page<AnswerPages.AnswerPair> items(Caller caller, @PathVariable UUID id, PageQuery query) {
        return answers.of(find(caller, id), query);
    }

    private Evaluation find(Caller caller, UUID id) {
        return evaluations
                .findByIdAndTenant(id, caller.tenant())
                .orElseThrow(() -> ProblemException.notFound("evaluation", id));
    }
}
