package dev.paddock.kit.identity;

import java.net.URI;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where the other services answer: {@code paddock.services.<name>=http://host:port}. */
@ConfigurationProperties("paddock")
public record ServiceAddresses(@DefaultValue Map<String, URI> services) {
    URI of(String service) {
        URI address = services.get(service);
        if (address == null) {
            throw new IllegalStateException("set paddock.services." + service + " to the service's address");
        }
        return address;
    }
}
