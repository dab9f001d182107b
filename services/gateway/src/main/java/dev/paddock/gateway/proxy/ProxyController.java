package dev.paddock.gateway.proxy;

import dev.paddock.gateway.GatewayProperties;
import dev.paddock.gateway.async.Slots;
import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Everything under {@code /api/v1} that the gateway does not answer itself. */
@Hidden
@RestController
class ProxyController {
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
        return () -> {
            if (!slots.take()) {
                throw new ProblemException(CommonProblem.UNAVAILABLE, "the gateway is busy: try again in a second");
            }
            try {
                proxy.forward(service, request, response);
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
