package dev.paddock.gateway.proxy;

import dev.paddock.gateway.GatewayProperties;
import dev.paddock.gateway.async.Slots;
import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Everything under {@code /api/v1} that the gateway does not answer itself. */
@Hidden
@RestController
class ProxyController {
    private static final String DOCUMENT = "/v3/api-docs";

    private final ServiceRoutes routes;
    private final ServiceProxy proxy;
    private final Slots slots;

    ProxyController(ServiceRoutes routes, ServiceProxy proxy, GatewayProperties properties) {
        this.routes = routes;
        this.proxy = proxy;
        this.slots = new Slots(properties.concurrentProxied());
    }

    @RequestMapping("/api/v1/**")
    Callable<@Nullable ResponseEntity<Void>> forward(HttpServletRequest request, HttpServletResponse response) {
        String path = request.getRequestURI();
        String service = routes.find(path).orElseThrow(() -> ProblemException.notFound("resource", path));
        return forward(service, path, request, response);
    }

    /** A service's OpenAPI document. */
    @GetMapping("/api/v1/openapi/{service}")
    Callable<@Nullable ResponseEntity<Void>> document(
            @PathVariable String service, HttpServletRequest request, HttpServletResponse response) {
        if (!routes.leadTo(service)) {
            throw ProblemException.notFound("service", service);
        }
        return forward(service, DOCUMENT, request, response);
    }

    /** The gateway's own. */
    @GetMapping("/api/v1/openapi/gateway")
    void document(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        request.getRequestDispatcher(DOCUMENT).forward(request, response);
    }

    private Callable<@Nullable ResponseEntity<Void>> forward(
            String service, String path, HttpServletRequest request, HttpServletResponse response) {
        return () -> {
            if (!slots.take()) {
                throw new ProblemException(CommonProblem.UNAVAILABLE, "the gateway is busy: try again in a second");
            }
            try {
                proxy.forward(service, path, request, response);
            } finally {
                slots.giveBack();
            }
            return null;
        };
    }

    /** Has the connection broken, so that nobody takes half a body for a whole one. */
    @ExceptionHandler
    void cutShort(CutShortException e, HttpServletRequest request) {
        request.setAttribute(CutShortValve.ATTRIBUTE, e);
    }
}
