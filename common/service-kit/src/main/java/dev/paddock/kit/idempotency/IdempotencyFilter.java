package dev.paddock.kit.idempotency;

import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.identity.CallerToken;
import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.DataProblems;
import dev.paddock.kit.problem.Problem;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.kit.problem.ProblemWriter;
import dev.paddock.kit.problem.StorageProblems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * {@code POST} with an {@code Idempotency-Key}: the effect, the key and the answer are one transaction. A repeat gets the
 * first answer; another body under the same key is 422; while the first is being worked on, a repeat is 409 with
 * {@code Retry-After}. An answer that is no success frees the key.
 */
public final class IdempotencyFilter extends OncePerRequestFilter {
    private static final List<String> KEPT_HEADERS = List.of("Content-Type", "Location", "ETag");

    private final IdempotencyKeys keys;
    private final KeyedTransactions transactions;
    private final ProblemWriter problems;

    IdempotencyFilter(IdempotencyKeys keys, KeyedTransactions transactions, ProblemWriter problems) {
        this.keys = keys;
        this.transactions = transactions;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !"POST".equals(request.getMethod())
                || request.getHeader(KeyedRequest.HEADER) == null
                || !(SecurityContextHolder.getContext().getAuthentication() instanceof CallerToken);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        try (SpooledRequest spooled = SpooledRequest.of(request)) {
            KeyedRequest keyed = KeyedRequest.of(request, Caller.current());
            transactions.run(status -> answerOnce(keyed, spooled, answer, chain, status));
            answer.copyBodyToResponse();
        } catch (ProblemException e) {
            if (e.code() == CommonProblem.IN_PROGRESS || e.code() == CommonProblem.UNAVAILABLE) {
                response.setHeader("Retry-After", "1");
            }
            problems.write(response, e.problem());
        } catch (DataAccessException | TransactionException e) {
            Problem problem = DataProblems.of(e);
            if (problem.status() == CommonProblem.UNAVAILABLE.status()) {
                response.setHeader("Retry-After", "1");
            }
            problems.write(response, problem);
        } catch (IOException | IllegalStateException e) {
            Problem room = StorageProblems.of(e).orElse(null);
            if (room == null) {
                throw e;
            }
            problems.write(response, room);
        }
    }

    private void answerOnce(
            KeyedRequest keyed,
            SpooledRequest request,
            ContentCachingResponseWrapper answer,
            FilterChain chain,
            TransactionStatus status) {
        if (!keys.claim(keyed)) {
            throw new ProblemException(
                    CommonProblem.IN_PROGRESS, "key " + keyed.key() + " is being worked on: try again in a second");
        }
        Optional<StoredResponse> first = keys.find(keyed);
        if (first.isPresent()) {
            replay(keyed, first.get(), request, answer);
            return;
        }
        pass(chain, request, answer);
        if (answer.getStatus() >= 200 && answer.getStatus() < 300 && !status.isRollbackOnly()) {
            keys.store(keyed, stored(request, answer));
        } else {
            status.setRollbackOnly();
        }
    }

    private static void pass(FilterChain chain, SpooledRequest request, ContentCachingResponseWrapper answer) {
        try {
            chain.doFilter(request, answer);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (ServletException e) {
            throw new RuntimeException(e);
        }
    }

    private static StoredResponse stored(SpooledRequest request, ContentCachingResponseWrapper answer) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : KEPT_HEADERS) {
            Optional.ofNullable(answer.getHeader(name)).ifPresent(value -> headers.put(name, value));
        }
        return new StoredResponse(
                request.digest(),
                answer.getStatus(),
                headers,
                new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8));
    }

    private static void replay(
            KeyedRequest keyed, StoredResponse first, SpooledRequest request, HttpServletResponse answer) {
        if (!first.bodyDigest().equals(request.digest())) {
            throw new ProblemException(
                    CommonProblem.UNPROCESSABLE,
                    KeyedRequest.HEADER + " " + keyed.key() + " came with another body before: choose a new key");
        }
        answer.setStatus(first.status());
        first.headers().forEach(answer::setHeader);
        answer.setHeader("Idempotency-Replayed", "true");
        try {
            answer.getOutputStream().write(first.body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
