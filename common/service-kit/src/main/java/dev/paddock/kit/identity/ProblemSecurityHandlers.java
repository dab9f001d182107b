package dev.paddock.kit.identity;

import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.Problem;
import dev.paddock.kit.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** 401 and 403 as problem documents. */
public final class ProblemSecurityHandlers implements AuthenticationEntryPoint, AccessDeniedHandler {
    private final ProblemWriter writer;
    private final AccessTable table;

    public ProblemSecurityHandlers(ProblemWriter writer, AccessTable table) {
        this.writer = writer;
        this.table = table;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        response.setHeader("WWW-Authenticate", "Bearer");
        String detail = e instanceof InvalidBearerTokenException
                ? "the access token is expired or invalid: get a new one"
                : "send an access token in the header Authorization: Bearer";
        writer.write(response, Problem.of(CommonProblem.UNAUTHENTICATED, detail, List.of()));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        String detail = "your roles do not allow " + request.getMethod() + " " + request.getRequestURI() + ": "
                + table.find(request.getMethod(), request.getRequestURI())
                        .map(ProblemSecurityHandlers::wayOut)
                        .orElse("nobody may, and there may be no such resource");
        writer.write(response, Problem.of(CommonProblem.FORBIDDEN, detail, List.of()));
    }

    private static String wayOut(AccessRule rule) {
        return "it takes the role " + String.join(" or ", new TreeSet<>(rule.roles()))
                + "; ask somebody who holds it, or have it granted";
    }
}
