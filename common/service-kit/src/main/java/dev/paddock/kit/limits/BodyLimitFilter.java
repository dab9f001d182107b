package dev.paddock.kit.limits;

import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.Problem;
import dev.paddock.kit.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a body that says it is too long before a byte is read, and one that does not say so at the byte that is too many.
 * Multipart bodies have the container's bounds; services' calls to each other have none.
 */
public final class BodyLimitFilter extends OncePerRequestFilter {
    private final BodyLimits limits;
    private final ProblemWriter problems;

    BodyLimitFilter(BodyLimits limits, ProblemWriter problems) {
        this.limits = limits;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
        return !request.getRequestURI().startsWith("/api/") || type.startsWith("multipart/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        DataSize bound = limits.of(request.getContentType());
        if (request.getContentLengthLong() > bound.toBytes()) {
            problems.write(
                    response,
                    Problem.of(CommonProblem.TOO_LARGE, BodyTooLargeException.rule(bound.toBytes()), List.of()));
            return;
        }
        chain.doFilter(new BoundedRequest(request, bound), response);
    }
}
