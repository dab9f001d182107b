package dev.paddock.testkit;

import dev.paddock.kit.identity.AccessRule;
import dev.paddock.kit.identity.AccessTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.context.ApplicationContext;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The access table beside the endpoints of one service under {@code /api/v1}. */
public final class AccessCoverage {
    private static final String PREFIX = "/api/v1/";

    private final List<AccessRule> rules = AccessTable.load().rules();
    private final List<Endpoint> endpoints;

    /** An endpoint with an example of its path. */
    private record Endpoint(String method, String path) {
        boolean coveredBy(AccessRule rule) {
            return (rule.method().equals("*") || rule.method().equals(method))
                    && rule.path().matches(PathContainer.parsePath(path));
        }
    }

    public AccessCoverage(ApplicationContext service) {
        this.endpoints = service
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .flatMap(mapping -> endpoints(mapping).stream())
                .toList();
    }

    private static List<Endpoint> endpoints(RequestMappingInfo mapping) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String pattern : mapping.getPatternValues()) {
            for (RequestMethod method : mapping.getMethodsCondition().getMethods()) {
                if (pattern.startsWith(PREFIX)) {
                    endpoints.add(new Endpoint(method.name(), pattern.replaceAll("\\{[^/]+}", "1")));
                }
            }
        }
        return endpoints;
    }

    /** The endpoints that not exactly one line covers. */
    public List<String> endpointsWithoutTheirLine() {
        return endpoints.stream()
                .filter(endpoint -> rules.stream().filter(endpoint::coveredBy).count() != 1)
                .map(Endpoint::toString)
                .toList();
    }

    /** The lines under these first segments that cover no endpoint. */
    public List<String> linesWithoutEndpoint(Set<String> segments) {
        return rules.stream()
                .filter(rule -> segments.contains(segment(rule)))
                .filter(rule -> endpoints.stream().noneMatch(endpoint -> endpoint.coveredBy(rule)))
                .map(AccessRule::toString)
                .toList();
    }

    /** The first segments under {@code /api/v1} in the whole table. */
    public Set<String> segments() {
        return rules.stream()
                .map(AccessCoverage::segment)
                .filter(segment -> !segment.isEmpty())
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    private static String segment(AccessRule rule) {
        String path = rule.path().getPatternString();
        return path.startsWith(PREFIX) ? path.substring(PREFIX.length()).split("/", 2)[0] : "";
    }
}
