package dev.paddock.kit.idempotency;

import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What makes two requests the same: tenant, caller, method, path with query, and the caller's key. */
record KeyedRequest(String tenant, String caller, String method, String path, String key) {
    static final String HEADER = "Idempotency-Key";

    static KeyedRequest of(HttpServletRequest request, Caller caller) {
        String key = request.getHeader(HEADER);
        if (!key.matches("[\\x21-\\x7e]{1,200}")) {
            throw ProblemException.invalid(HEADER, key, "must be 1 to 200 visible ASCII characters");
        }
        @Nullable String query = request.getQueryString();
        String path = request.getRequestURI() + (query == null ? "" : "?" + query);
        return new KeyedRequest(caller.tenant(), caller.subject(), request.getMethod(), path, key);
    }
}
