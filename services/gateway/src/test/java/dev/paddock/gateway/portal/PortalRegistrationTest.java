package dev.paddock.gateway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gateway.identity.PortalClient;
import dev.paddock.kit.identity.IdentityProperties;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

class PortalRegistrationTest {
    @Test
    void aBrowserIsSentToThePublicAddressAndTheGatewayAsksInside() {
        IdentityProperties identity = new IdentityProperties(
                "https://paddock.example.com",
                URI.create("http://gateway:8080/oauth2/jwks"),
                URI.create("http://gateway:8080/oauth2/token"),
                null,
                null);
        StaticListableBeanFactory beans =
                new StaticListableBeanFactory(Map.of("portal", new PortalClient("a secret of some length")));
        ClientRegistration registration = Objects.requireNonNull(new PortalRegistration(
                        identity, new PortalProperties(null, null), beans.getBeanProvider(PortalClient.class))
                .findByRegistrationId(PortalClient.ID));

        ClientRegistration.ProviderDetails provider = registration.getProviderDetails();
        assertThat(provider.getAuthorizationUri()).isEqualTo("https://paddock.example.com/oauth2/authorize");
        assertThat(registration.getRedirectUri()).startsWith("https://paddock.example.com/");
        assertThat(provider.getTokenUri()).isEqualTo("http://gateway:8080/oauth2/token");
        assertThat(provider.getJwkSetUri()).isEqualTo("http://gateway:8080/oauth2/jwks");
    }
}
