package dev.paddock.gateway.proxy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which headers cross the gateway: none that belong to one connection (RFC 9110, 7.6.1), to the session or to the suite's inside. */
final class ForwardedHeaders {
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");
    private static final Set<String> NOT_FROM_CALLERS =
            Set.of("host", "content-length", "expect", "cookie", "x-paddock-tenant", "forwarded");
    private static final Set<String> NOT_FROM_SERVICES = Set.of("set-cookie");

    private ForwardedHeaders() {}

    static void copy(HttpServletRequest from, HttpRequest.Builder to) {
        Set<String> dropped = new HashSet<>(NOT_FROM_CALLERS);
        Collections.list(from.getHeaders("Connection")).forEach(value -> addTokens(dropped, value));
        for (String name : Collections.list(from.getHeaderNames())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(lower) && !dropped.contains(lower) && !lower.startsWith("x-forwarded-")) {
                Collections.list(from.getHeaders(name)).forEach(value -> to.header(name, value));
            }
        }
    }

    static void copy(HttpHeaders from, URI service, HttpServletResponse to) {
        Set<String> dropped = new HashSet<>(NOT_FROM_SERVICES);
        from.allValues("connection").forEach(value -> addTokens(dropped, value));
        from.map().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!name.startsWith(":") && !HOP_BY_HOP.contains(lower) && !dropped.contains(lower)) {
                to.setHeader(name, shown(lower, values.get(0), service));
                values.stream().skip(1).forEach(value -> to.addHeader(name, value));
            }
        });
    }

    /** An absolute Location of the service becomes the gateway's path. */
    private static String shown(String name, String value, URI service) {
        boolean inside = name.equals("location") && value.startsWith(service + "/");
        return inside ? value.substring(service.toString().length()) : value;
    }

    private static void addTokens(Set<String> names, String connection) {
        List.of(connection.split(",")).forEach(token -> names.add(token.trim().toLowerCase(Locale.ROOT)));
    }
}
