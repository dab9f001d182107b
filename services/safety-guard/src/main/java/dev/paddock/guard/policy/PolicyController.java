package dev.paddock.guard.policy;

import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Policies in versions; the same name again is the policy's next version, and the entity tag is the version. */
@RestController
@RequestMapping("/api/v1/policies")
class PolicyController {
    private final Policies policies;

    PolicyController(Policies policies) {
        this.policies = policies;
    }

    @PostMapping
    ResponseEntity<PolicyView> publish(
            Caller caller,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody PolicyRequest request) {
        return answer(
                HttpStatus.CREATED,
                policies.publish(caller.tenant(), caller.subject(), request.checked(), ifMatch));
    }

    @GetMapping
    Page<PolicyView> list(Caller caller, PageQuery query) {
        return policies.list(caller.tenant(), query).map(PolicyView::of);
    }

    @GetMapping("/{id}")
    ResponseEntity<PolicyView> get(
            Caller caller, @PathVariable UUID id, @RequestParam(required = false) @Nullable Integer version) {
        return answer(
                HttpStatus.OK,
                version == null
                        ? policies.current(caller.tenant(), id)
                        : policies.version(caller.tenant(), id, version));
    }

    @GetMapping("/{id}/versions")
    Page<PolicyView> history(Caller caller, @PathVariable UUID id, PageQuery query) {
        return policies.history(caller.tenant(), id, query).map(PolicyView::of);
    }

    private static ResponseEntity<PolicyView> answer(HttpStatus status, PolicyVersion policy) {
        return ResponseEntity.status(status)
                .location(URI.create("/api/v1/policies/" + policy.policyId()))
                .eTag(ETags.of(policy.version()))
                .body(PolicyView.of(policy));
    }
}
