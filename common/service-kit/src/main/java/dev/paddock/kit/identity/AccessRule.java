package dev.paddock.kit.identity;

import java.util.List;
import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * One line of the access table.
 *
 * @param method an HTTP method or {@code *}
 * @param roles any of them suffices; {@code authenticated} is any user, {@code public} anybody
 */
public record AccessRule(String method, PathPattern path, Set<String> roles) {
    public static final String AUTHENTICATED = "authenticated";
    public static final String PUBLIC = "public";
    public static final Set<String> USER_ROLES =
            Set.of("steward", "engineer", "approver", "safety", "platform", "auditor");

    static AccessRule parse(String line) {
        List<String> cells = List.of(line.split(",", -1));
        if (cells.size() != 3) {
            throw new IllegalStateException("access rule needs method,path,roles: " + line);
        }
        Set<String> roles = Set.of(cells.get(2).trim().split("\\|"));
        for (String role : roles) {
            if (!USER_ROLES.contains(role)
                    && !Set.of(AUTHENTICATED, PUBLIC, Caller.SERVICE).contains(role)) {
                throw new IllegalStateException("unknown role " + role + " in access rule: " + line);
            }
        }
        PathPattern path = PathPatternParser.defaultInstance.parse(cells.get(1).trim());
        return new AccessRule(cells.get(0).trim(), path, roles);
    }

    boolean covers(String requestMethod, PathContainer requestPath) {
        boolean sameMethod = "*".equals(method)
                || method.equals(requestMethod)
                || ("HEAD".equals(requestMethod) && "GET".equals(method));
        return sameMethod && path.matches(requestPath);
    }

    boolean allows(Set<String> held) {
        return roles.stream()
                .anyMatch(role -> role.equals(PUBLIC)
                        || (role.equals(AUTHENTICATED) && held.stream().anyMatch(USER_ROLES::contains))
                        || held.contains(role));
    }
}
