package dev.paddock.registry.log;

import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The approval log of the caller's tenant, newest first, with every hash; and its verification. */
@RestController
@RequestMapping("/api/v1/approval-log")
class ApprovalLogController {
    private final ApprovalLog log;

    ApprovalLogController(ApprovalLog log) {
        this.log = log;
    }

    @GetMapping
    Page<LogEntry> list(Caller caller, PageQuery query) {
        long before = query.after() == null ? Long.MAX_VALUE : query.afterNumber();
        return Page.of(log.before(caller.tenant(), before, query.limitAndOne()), query, LogEntry::sequence);
    }

    @PostMapping("/verify")
    ChainVerification verify(Caller caller, @RequestBody(required = false) @Nullable LogAnchor anchor) {
        return log.verify(caller.tenant(), anchor == null ? new LogAnchor(null, null) : anchor);
    }
}
