package dev.paddock.kit.identity;

import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Asks the access table for every request. */
public final class AccessManager implements AuthorizationManager<RequestAuthorizationContext> {
    private final AccessTable table;

    public AccessManager(AccessTable table) {
        this.table = table;
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        Set<String> roles = authentication.get() instanceof CallerToken token
                ? token.caller().roles()
                : Set.of();
        return new AuthorizationDecision(table.allows(
                context.getRequest().getMethod(), context.getRequest().getRequestURI(), roles));
    }
}
