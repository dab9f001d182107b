package dev.paddock.gateway.portal;

import dev.paddock.gateway.identity.PortalClient;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads of the admin API from a portal session go on with that session's access token; the token never reaches the browser. Only
 * GET: what a session alone can do changes nothing, so no other site can change anything through it.
 */
final class SessionBearerFilter extends OncePerRequestFilter {
    private static final String AUTHORIZATION = "Authorization";
    private static final Authentication ANYBODY =
            new AnonymousAuthenticationToken("portal", "portal", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

    private final OAuth2AuthorizedClientRepository sessions;

    SessionBearerFilter(OAuth2AuthorizedClientRepository sessions) {
        this.sessions = sessions;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !"GET".equals(request.getMethod())
                || request.getHeader(AUTHORIZATION) != null
                || request.getSession(false) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        @Nullable String token = token(request);
        chain.doFilter(token == null ? request : new WithToken(request, "Bearer " + token), response);
    }

    private @Nullable String token(HttpServletRequest request) {
        OAuth2AuthorizedClient client = sessions.loadAuthorizedClient(PortalClient.ID, ANYBODY, request);
        if (client == null) {
            return null;
        }
        Instant expiry = client.getAccessToken().getExpiresAt();
        boolean expired = expiry != null && Instant.now().isAfter(expiry);
        return expired ? null : client.getAccessToken().getTokenValue();
    }

    /**
     * The request as if its caller had sent the token and had no session: whoever authenticates a token gives a session that it
     * finds a new id, and the page's other reads, under way with the old one, would be strangers.
     */
    private static final class WithToken extends HttpServletRequestWrapper {
        private final String authorization;

        WithToken(HttpServletRequest request, String authorization) {
            super(request);
            this.authorization = authorization;
        }

        @Override
        public @Nullable HttpSession getSession(boolean create) {
            return create ? super.getSession(true) : null;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return AUTHORIZATION.equalsIgnoreCase(name) ? authorization : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return AUTHORIZATION.equalsIgnoreCase(name)
                    ? Collections.enumeration(List.of(authorization))
                    : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            List<String> names = new ArrayList<>(Collections.list(super.getHeaderNames()));
            names.add(AUTHORIZATION);
            return Collections.enumeration(names);
        }
    }
}
