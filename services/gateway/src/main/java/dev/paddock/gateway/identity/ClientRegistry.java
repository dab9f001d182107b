package dev.paddock.gateway.identity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** Users and services as clients with their own credentials, and the portal with authorization code and PKCE. */
final class ClientRegistry {
    private static final Duration USER_TOKEN = Duration.ofHours(1);
    private static final Duration SERVICE_TOKEN = Duration.ofMinutes(15);

    private ClientRegistry() {}

    static RegisteredClientRepository of(
            LocalClients clients, PortalClient portal, String issuer, PasswordEncoder encoder) {
        List<RegisteredClient> registered = new ArrayList<>();
        clients.clients().forEach((name, client) -> registered.add(own(name, encoder.encode(client.secret()))));
        registered.add(portal(portal, issuer, encoder));
        return new InMemoryRegisteredClientRepository(registered);
    }

    private static RegisteredClient own(String name, String secret) {
        return RegisteredClient.withId(name)
                .clientId(name)
                .clientSecret(secret)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .tokenSettings(lifetime(LocalClients.isUser(name) ? USER_TOKEN : SERVICE_TOKEN))
                .build();
    }

    private static RegisteredClient portal(PortalClient portal, String issuer, PasswordEncoder encoder) {
        return RegisteredClient.withId(PortalClient.ID)
                .clientId(PortalClient.ID)
                .clientSecret(encoder.encode(portal.secret()))
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(issuer + PortalClient.REDIRECT_PATH)
                .scope(OidcScopes.OPENID)
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(false)
                        .build())
                .tokenSettings(lifetime(USER_TOKEN))
                .build();
    }

    private static TokenSettings lifetime(Duration duration) {
        return TokenSettings.builder().accessTokenTimeToLive(duration).build();
    }
}
