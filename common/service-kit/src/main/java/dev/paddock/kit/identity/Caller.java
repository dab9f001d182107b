package dev.paddock.kit.identity;

import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who calls; a controller declares it as a parameter.
 *
 * @param subject the token's {@code sub}
 * @param tenant the tenant all data of the call belong to
 * @param roles steward, engineer, approver, safety, platform, auditor or service
 */
public record Caller(String subject, String tenant, Set<String> roles) {
    public static final String SERVICE = "service";
    public static final String TENANT_HEADER = "X-Paddock-Tenant";
    public static final String TENANT_PATTERN = "[a-z0-9][a-z0-9-]{0,62}";

    /** The caller of the request that this thread serves. */
    public static Caller current() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof CallerToken token) {
            return token.caller();
        }
        throw new IllegalStateException("no authenticated request on this thread");
    }

    public boolean has(String role) {
        return roles.contains(role);
    }
}
