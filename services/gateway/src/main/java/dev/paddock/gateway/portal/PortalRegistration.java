package dev.paddock.gateway.portal;

import dev.paddock.gateway.identity.PortalClient;
import dev.paddock.kit.identity.IdentityProperties;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.IdTokenClaimNames;
import org.springframework.stereotype.Component;

/** The portal as a client of the issuer, with PKCE; an external issuer is discovered at the first login. */
@Component
class PortalRegistration implements ClientRegistrationRepository {
    static final String LOGIN = "/oauth2/authorization/" + PortalClient.ID;

    private final IdentityProperties identity;
    private final PortalProperties properties;
    private final @Nullable PortalClient embedded;
    private @Nullable ClientRegistration registration;

    PortalRegistration(
            IdentityProperties identity, PortalProperties properties, ObjectProvider<PortalClient> embedded) {
        this.identity = identity;
        this.properties = properties;
        this.embedded = embedded.getIfAvailable();
    }

    @Override
    public synchronized @Nullable ClientRegistration findByRegistrationId(String id) {
        if (!PortalClient.ID.equals(id)) {
            return null;
        }
        if (registration == null) {
            registration = embedded == null ? external() : local(embedded);
        }
        return registration;
    }

    private ClientRegistration local(PortalClient client) {
        String issuer = identity.issuer();
        return complete(ClientRegistration.withRegistrationId(PortalClient.ID)
                .clientId(PortalClient.ID)
                .clientSecret(client.secret())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .redirectUri(issuer + PortalClient.REDIRECT_PATH)
                .issuerUri(issuer)
                .authorizationUri(issuer + "/oauth2/authorize")
                .tokenUri(inside(identity.tokenUri(), issuer + "/oauth2/token"))
                .jwkSetUri(inside(identity.jwkSetUri(), issuer + "/oauth2/jwks"))
                .userNameAttributeName(IdTokenClaimNames.SUB));
    }

    /** The browser is sent to the issuer's public address; this process goes to where the suite reaches it. */
    private static String inside(@Nullable URI address, String otherwise) {
        return address == null ? otherwise : address.toString();
    }

    private @Nullable ClientRegistration external() {
        String clientId = properties.clientId();
        if (clientId == null) {
            return null;
        }
        ClientRegistration.Builder builder = ClientRegistrations.fromIssuerLocation(identity.issuer())
                .registrationId(PortalClient.ID)
                .clientId(clientId)
                .redirectUri("{baseUrl}" + PortalClient.REDIRECT_PATH);
        String secret = properties.clientSecret();
        return complete(
                secret == null
                        ? builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                        : builder.clientSecret(secret));
    }

    private static ClientRegistration complete(ClientRegistration.Builder builder) {
        return builder.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .scope("openid")
                .clientSettings(ClientRegistration.ClientSettings.builder()
                        .requireProofKey(true)
                        .build())
                .build();
    }
}
