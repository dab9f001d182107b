package dev.paddock.kit.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Reads tenant and roles from a verified token; only a service may name its tenant in {@code X-Paddock-Tenant}. */
final class CallerConverter implements Converter<Jwt, CallerToken> {
    @Override
    public CallerToken convert(Jwt jwt) {
        List<String> claimed = jwt.getClaimAsStringList("roles");
        Set<String> roles = claimed == null ? Set.of() : Set.copyOf(claimed);
        String subject = jwt.getSubject();
        if (subject == null) {
            throw new InvalidBearerTokenException("the token has no sub");
        }
        return new CallerToken(jwt, new Caller(subject, tenant(jwt, roles), roles));
    }

    private static String tenant(Jwt jwt, Set<String> roles) {
        String named = roles.contains(Caller.SERVICE) ? header() : null;
        String tenant = named == null ? jwt.getClaimAsString("tenant") : named;
        if (tenant == null || !tenant.matches(Caller.TENANT_PATTERN)) {
            throw new InvalidBearerTokenException("the token names no tenant");
        }
        return tenant;
    }

    private static @Nullable String header() {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            HttpServletRequest request = attributes.getRequest();
            return request.getHeader(Caller.TENANT_HEADER);
        }
        return null;
    }
}
