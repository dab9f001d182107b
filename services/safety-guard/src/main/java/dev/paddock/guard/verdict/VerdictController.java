package dev.paddock.guard.verdict;

import dev.paddock.contracts.guard.Verdict;
import dev.paddock.contracts.guard.VerdictRequest;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import dev.paddock.kit.problem.ProblemException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Verdicts for services, and what safety officers and auditors see of them. */
@RestController
class VerdictController {
    private final VerdictDesk desk;
    private final Verdicts verdicts;
    private final Incidents incidents;

    VerdictController(VerdictDesk desk, Verdicts verdicts, Incidents incidents) {
        this.desk = desk;
        this.verdicts = verdicts;
        this.incidents = incidents;
    }

    @PostMapping("/internal/v1/verdicts")
    Verdict judge(Caller caller, @RequestBody VerdictRequest request) {
        return desk.judge(caller.tenant(), request);
    }

    @GetMapping("/api/v1/verdicts")
    Page<VerdictView> list(
            Caller caller,
            PageQuery query,
            @RequestParam(required = false) @Nullable Boolean safe,
            @RequestParam(required = false) @Nullable UUID policyId) {
        return Page.of(
                        verdicts.list(
                                caller.tenant(), query.before(), safe, policyId, Limit.of(query.limitAndOne())),
                        query,
                        VerdictRecord::id)
                .map(VerdictView::of);
    }

    @GetMapping("/api/v1/verdicts/{id}")
    VerdictView get(Caller caller, @PathVariable UUID id) {
        return verdicts.findByTenantAndId(caller.tenant(), id)
                .map(VerdictView::of)
                .orElseThrow(() -> ProblemException.notFound("verdict", id));
    }

    @GetMapping("/api/v1/incidents")
    Page<IncidentView> incidents(
            Caller caller, PageQuery query, @RequestParam(required = false) @Nullable IncidentKind kind) {
        return Page.of(
                incidents.list(caller.tenant(), query.before(), kind, query.limitAndOne()), query, IncidentView::id);
    }
}
