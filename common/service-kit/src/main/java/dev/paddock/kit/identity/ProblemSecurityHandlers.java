package dev.paddock.kit.identity;

import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.Problem;
import dev.paddock.kit.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** 401 and 403 as problem documents. */
public final class ProblemSecurityHandlers implements AuthenticationEntryPoint, AccessDeniedHandler {
    private final ProblemWriter writer;

    public ProblemSecurityHandlers(ProblemWriter writer) {
        this.writer = writer;
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
        String detail = "your roles do not allow " + request.getMethod() + " " + request.getRequestURI()
                + ": ask somebody who holds the role, or have it granted";
        writer.write(response, Problem.of(CommonProblem.FORBIDDEN, detail, List.of()));
    }
}
