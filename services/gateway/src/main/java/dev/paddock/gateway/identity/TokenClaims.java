package dev.paddock.gateway.identity;

import dev.paddock.kit.identity.IdentityProperties;
import java.util.List;
import java.util.Objects;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** Puts tenant, roles and audience into access tokens; the subject is the user's or service's name. */
final class TokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {
    private final LocalClients clients;

    TokenClaims(LocalClients clients) {
        this.clients = clients;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        if (!OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            return;
        }
        Authentication principal = Objects.requireNonNull(context.getPrincipal(), "a token has a principal");
        String name = principal.getName();
        context.getClaims()
                .subject(name)
                .audience(List.of(IdentityProperties.AUDIENCE))
                .claim("tenant", clients.tenant(name))
                .claim("roles", List.copyOf(LocalClients.roles(name)));
    }
}
