package dev.paddock.registry.compatible;

import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import dev.paddock.registry.imports.BaseImport;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Compatible bases: registered by platform with a measurement, decided by an approver who is another person. */
@RestController
@RequestMapping("/api/v1/compatible-bases")
class CompatibleController {
    private final CompatibleDesk desk;
    private final CompatibleBases records;

    CompatibleController(CompatibleDesk desk, CompatibleBases records) {
        this.desk = desk;
        this.records = records;
    }

    /** A base to let adapters of {@code trainedOnDigest} serve on, as measured. */
    record Registration(
            @NotNull @Pattern(regexp = BaseImport.DIGEST, message = BaseImport.DIGEST_RULE) String trainedOnDigest,

            @NotNull UUID baseVersionId,
            @NotNull @Valid Measurement measurement) {}

    @PostMapping
    ResponseEntity<CompatibleView> register(Caller caller, @Valid @RequestBody Registration registration) {
        Claim claim =
                new Claim(registration.trainedOnDigest(), registration.baseVersionId(), registration.measurement());
        return answer(HttpStatus.CREATED, desk.register(caller.tenant(), caller.subject(), claim));
    }

    @PostMapping("/{id}/approve")
    ResponseEntity<CompatibleView> approve(Caller caller, @PathVariable UUID id) {
        return answer(HttpStatus.OK, desk.approve(caller.tenant(), caller.subject(), id));
    }

    @PostMapping("/{id}/reject")
    ResponseEntity<CompatibleView> reject(Caller caller, @PathVariable UUID id) {
        return answer(HttpStatus.OK, desk.reject(caller.tenant(), caller.subject(), id));
    }

    @GetMapping
    Page<CompatibleView> list(Caller caller, PageQuery query) {
        return Page.of(
                        records.list(caller.tenant(), query.before(), Limit.of(query.limitAndOne())),
                        query,
                        CompatibleBase::id)
                .map(CompatibleView::of);
    }

    @GetMapping("/{id}")
    ResponseEntity<CompatibleView> get(Caller caller, @PathVariable UUID id) {
        return answer(HttpStatus.OK, records.require(caller.tenant(), id));
    }

    private static ResponseEntity<CompatibleView> answer(HttpStatus status, CompatibleBase record) {
        return ResponseEntity.status(status)
                .location(URI.create("/api/v1/compatible-bases/" + record.id()))
                .eTag(ETags.of(record.lockVersion()))
                .body(CompatibleView.of(record));
    }
}
