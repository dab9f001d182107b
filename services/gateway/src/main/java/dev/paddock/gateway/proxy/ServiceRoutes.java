package dev.paddock.gateway.proxy;

import dev.paddock.gateway.GatewayProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Which service owns a path, by its first segment under {@code /api/v1}. */
@Component
class ServiceRoutes {
    private static final String PREFIX = "/api/v1/";
    private final Map<String, String> serviceBySegment = new HashMap<>();

    private final Set<String> services;

    ServiceRoutes(GatewayProperties properties) {
        services = properties.routes().keySet();
        properties
                .routes()
                .forEach((service, segments) -> segments.forEach(segment -> {
                    String other = serviceBySegment.put(segment, service);
                    if (other != null) {
                        throw new IllegalArgumentException(
                                "paddock.gateway.routes gives " + segment + " to both " + other + " and " + service);
                    }
                }));
    }

    boolean leadTo(String service) {
        return services.contains(service);
    }

    Optional<String> find(String path) {
        if (!path.startsWith(PREFIX)) {
            return Optional.empty();
        }
        int end = path.indexOf('/', PREFIX.length());
        String segment = path.substring(PREFIX.length(), end < 0 ? path.length() : end);
        return Optional.ofNullable(serviceBySegment.get(segment));
    }
}
