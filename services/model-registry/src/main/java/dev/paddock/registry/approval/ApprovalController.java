package dev.paddock.registry.approval;

import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import jakarta.validation.Valid;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Approval requests: proposed by an engineer, decided by an approver who is another person. */
@RestController
@RequestMapping("/api/v1/approvals")
class ApprovalController {
    private final ApprovalDesk desk;
    private final Approvals approvals;

    ApprovalController(ApprovalDesk desk, Approvals approvals) {
        this.desk = desk;
        this.approvals = approvals;
    }

    @PostMapping
    ResponseEntity<ApprovalView> propose(Caller caller, @Valid @RequestBody Proposal proposal) {
        Approval approval = desk.propose(caller.tenant(), caller.subject(), proposal.versionId(), proposal.comment());
        return ResponseEntity.created(URI.create("/api/v1/approvals/" + approval.id()))
                .eTag(ETags.of(approval.lockVersion()))
                .body(ApprovalView.of(approval));
    }

    @PostMapping("/{id}/approve")
    ResponseEntity<ApprovalView> approve(
            Caller caller,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody(required = false) @Nullable Decision decision) {
        requireMatch(caller, id, ifMatch);
        return answer(desk.approve(caller.tenant(), caller.subject(), id, comment(decision)));
    }

    @PostMapping("/{id}/reject")
    ResponseEntity<ApprovalView> reject(
            Caller caller,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody(required = false) @Nullable Decision decision) {
        requireMatch(caller, id, ifMatch);
        return answer(desk.reject(caller.tenant(), caller.subject(), id, comment(decision)));
    }

    @GetMapping
    Page<ApprovalView> list(
            Caller caller,
            PageQuery query,
            @RequestParam(required = false) @Nullable ApprovalState state,
            @RequestParam(required = false) @Nullable UUID versionId) {
        return Page.of(
                        approvals.list(
                                caller.tenant(), query.before(), state, versionId, Limit.of(query.limitAndOne())),
                        query,
                        Approval::id)
                .map(ApprovalView::of);
    }

    @GetMapping("/{id}")
    ResponseEntity<ApprovalView> get(Caller caller, @PathVariable UUID id) {
        return answer(approvals.require(caller.tenant(), id));
    }

    private void requireMatch(Caller caller, UUID id, @Nullable String ifMatch) {
        ETags.require(ifMatch, approvals.require(caller.tenant(), id).lockVersion());
    }

    private static @Nullable String comment(@Nullable Decision decision) {
        return decision == null ? null : decision.comment();
    }

    private static ResponseEntity<ApprovalView> answer(Approval approval) {
        return ResponseEntity.ok().eTag(ETags.of(approval.lockVersion())).body(ApprovalView.of(approval));
    }
}
