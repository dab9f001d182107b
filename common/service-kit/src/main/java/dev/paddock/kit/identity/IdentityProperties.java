package dev.paddock.kit.identity;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The OpenID Connect issuer and this service's own identity with it.
 *
 * @param issuer the {@code iss} of accepted tokens
 * @param jwkSetUri where its keys are; found by discovery from the issuer when absent
 * @param tokenUri where this service gets its own tokens; needed only to call other services
 * @param clientId this service at the issuer
 * @param clientSecret its secret
 */
@ConfigurationProperties("paddock.identity")
public record IdentityProperties(
        String issuer,
        @Nullable URI jwkSetUri,
        @Nullable URI tokenUri,
        @Nullable String clientId,
        @Nullable String clientSecret) {
    public static final String AUDIENCE = "paddock";

    @Override
    public String toString() {
        return "IdentityProperties[" + issuer + ", client " + clientId + "]";
    }
}
