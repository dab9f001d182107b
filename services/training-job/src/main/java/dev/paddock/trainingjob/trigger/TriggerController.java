package dev.paddock.trainingjob.trigger;

import static org.springframework.http.HttpHeaders.IF_MATCH;

import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Retraining triggers and what they did. */
@RestController
@RequestMapping(TriggerController.PATH)
class TriggerController {
    static final String PATH = "/api/v1/triggers";

    private final TriggerDesk desk;
    private final Triggers triggers;
    private final Firings firings;

    TriggerController(TriggerDesk desk, Triggers triggers, Firings firings) {
        this.desk = desk;
        this.triggers = triggers;
        this.firings = firings;
    }

    @PostMapping
    ResponseEntity<TriggerView> create(@RequestBody TriggerRequest request, Caller caller) {
        RetrainingTrigger trigger = desk.create(request, caller);
        return ResponseEntity.created(URI.create(PATH + "/" + trigger.id()))
                .eTag(ETags.of(trigger.version()))
                .body(trigger.view());
    }

    @GetMapping
    Page<TriggerView> list(Caller caller, PageQuery query) {
        var rows = triggers.page(caller.tenant(), query.before(), Limit.of(query.limitAndOne()));
        return Page.of(rows, query, RetrainingTrigger::id).map(RetrainingTrigger::view);
    }

    @GetMapping("/{id}")
    ResponseEntity<TriggerView> get(@PathVariable("id") UUID id, Caller caller) {
        return answer(desk.of(id, caller, null));
    }

    @PatchMapping("/{id}")
    ResponseEntity<TriggerView> change(
            @PathVariable("id") UUID id,
            @RequestBody TriggerRequest request,
            @RequestHeader(name = IF_MATCH, required = false) @Nullable String ifMatch,
            Caller caller) {
        return answer(desk.change(id, request, caller, ifMatch));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(
            @PathVariable("id") UUID id,
            @RequestHeader(name = IF_MATCH, required = false) @Nullable String ifMatch,
            Caller caller) {
        desk.remove(id, caller, ifMatch);
    }

    @GetMapping("/{id}/firings")
    Page<Firing.View> firings(@PathVariable("id") UUID id, Caller caller, PageQuery query) {
        RetrainingTrigger trigger = desk.of(id, caller, null);
        var rows = firings.page(trigger.id(), caller.tenant(), query.before(), Limit.of(query.limitAndOne()));
        return Page.of(rows, query, Firing::id).map(Firing::view);
    }

    private static ResponseEntity<TriggerView> answer(RetrainingTrigger trigger) {
        return ResponseEntity.ok().eTag(ETags.of(trigger.version())).body(trigger.view());
    }
}
