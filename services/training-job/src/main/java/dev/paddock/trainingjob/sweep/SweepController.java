package dev.paddock.trainingjob.sweep;

import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
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

/** Orders, looks up and cancels sweeps. */
@RestController
@RequestMapping(SweepController.PATH)
class SweepController {
    static final String PATH = "/api/v1/sweeps";

    private final SweepRules rules;
    private final SweepFit fit;
    private final SweepDesk desk;
    private final Sweeps sweeps;

    SweepController(SweepRules rules, SweepFit fit, SweepDesk desk, Sweeps sweeps) {
        this.rules = rules;
        this.fit = fit;
        this.desk = desk;
        this.sweeps = sweeps;
    }

    /** Orders a sweep, or with {@code dryRun} answers with the trials that it would have. */
    @PostMapping
    ResponseEntity<?> place(@RequestBody SweepRequest request, Caller caller) {
        SweepPlan plan = rules.check(request, caller.tenant());
        fit.require(plan, caller.tenant());
        if (Boolean.TRUE.equals(request.dryRun())) {
            return ResponseEntity.ok(plan);
        }
        SweepDesk.Shown placed = desk.place(plan, caller);
        return ResponseEntity.created(URI.create(PATH + "/" + placed.view().id()))
                .eTag(ETags.of(placed.version()))
                .body(placed.view());
    }

    /** Newest first, without their trials. */
    @GetMapping
    Page<SweepView> list(Caller caller, PageQuery query) {
        return Page.of(sweeps.page(caller.tenant(), query.before(), Limit.of(query.limitAndOne())), query, Sweep::id)
                .map(sweep -> sweep.view(null));
    }

    @GetMapping("/{id}")
    ResponseEntity<SweepView> get(@PathVariable("id") UUID id, Caller caller) {
        return answer(desk.show(id, caller));
    }

    @PostMapping("/{id}/cancel")
    ResponseEntity<SweepView> cancel(
            @PathVariable("id") UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Caller caller) {
        return answer(desk.cancel(id, caller, ifMatch));
    }

    private static ResponseEntity<SweepView> answer(SweepDesk.Shown shown) {
        return ResponseEntity.ok().eTag(ETags.of(shown.version())).body(shown.view());
    }
}
