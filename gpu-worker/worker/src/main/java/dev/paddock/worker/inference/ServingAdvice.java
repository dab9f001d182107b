package dev.paddock.worker.inference;

import dev.paddock.kit.problem.Problem;
import dev.paddock.kit.problem.ProblemCode;
import dev.paddock.llama.inference.PromptTooLongException;
import dev.paddock.llama.inference.sampling.NotFiniteException;
import dev.paddock.llama.inference.schedule.QueueFullException;
import dev.paddock.worker.models.AdaptersInUseException;
import dev.paddock.worker.models.ServingProblem;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The engine's own exceptions as problem documents. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ServingAdvice {
    private static final String RETRY_SECONDS = "1";

    @ExceptionHandler
    ResponseEntity<Problem> handle(QueueFullException e) {
        return problem(ServingProblem.QUEUE_FULL, e, later());
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(AdaptersInUseException e) {
        return problem(e.code(), e, later());
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(PromptTooLongException e) {
        return problem(ServingProblem.CONTEXT_LENGTH_EXCEEDED, e, new HttpHeaders());
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(NotFiniteException e) {
        return problem(ServingProblem.BROKEN_WEIGHTS, e, new HttpHeaders());
    }

    private static HttpHeaders later() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        return headers;
    }

    private static ResponseEntity<Problem> problem(ProblemCode code, RuntimeException e, HttpHeaders headers) {
        return ResponseEntity.status(code.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problem.of(code, e.getMessage(), List.of()));
    }
}
