package dev.paddock.gateway.portal;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The portal at an external issuer; with the embedded one nothing is to be set.
 *
 * @param clientId the portal's client there; without it nobody can log in at the portal
 */
@ConfigurationProperties("paddock.portal")
record PortalProperties(@Nullable String clientId, @Nullable String clientSecret) {
    @Override
    public String toString() {
        return "PortalProperties[" + clientId + "]";
    }
}
