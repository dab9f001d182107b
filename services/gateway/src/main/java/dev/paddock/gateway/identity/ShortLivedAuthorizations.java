package dev.paddock.gateway.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/** Keeps an authorization only until its token is issued: tokens are self-contained, and a code without its record is spent. */
final class ShortLivedAuthorizations implements OAuth2AuthorizationService {
    private final OAuth2AuthorizationService pending = new InMemoryOAuth2AuthorizationService();

    @Override
    public void save(OAuth2Authorization authorization) {
        if (authorization.getAccessToken() == null) {
            pending.save(authorization);
        } else {
            pending.remove(authorization);
        }
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        pending.remove(authorization);
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return pending.findById(id);
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType tokenType) {
        return pending.findByToken(token, tokenType);
    }
}
