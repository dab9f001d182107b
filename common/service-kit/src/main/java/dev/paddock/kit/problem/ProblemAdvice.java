package dev.paddock.kit.problem;

import dev.paddock.kit.connection.CallerGoneException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.TransactionException;
import org.springframework.validation.BindException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every exception of a controller as a problem document. */
@RestControllerAdvice
public final class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Object> handle(ProblemException e) {
        if (e.code().category() != ProblemCategory.CALLER) {
            LOG.warn("{}: {}", e.code().code(), e.getMessage(), e);
        }
        return answer(e.problem(), new HttpHeaders());
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(DataAccessException e) {
        return data(e);
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(TransactionException e) {
        return data(e);
    }

    private static ResponseEntity<Object> data(RuntimeException e) {
        Problem problem = StorageProblems.of(e).orElseGet(() -> DataProblems.of(e));
        HttpHeaders headers = new HttpHeaders();
        if (problem.status() == CommonProblem.UNAVAILABLE.status()) {
            headers.set(HttpHeaders.RETRY_AFTER, "1");
        }
        return answer(problem, headers);
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(MultipartException e) {
        Problem unreadable = Problem.of(
                CommonProblem.UNREADABLE_BODY,
                "send the file as multipart/form-data in the field named file",
                List.of());
        return answer(StorageProblems.of(e).orElse(unreadable), new HttpHeaders());
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(IOException e) {
        return unexpected(e);
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(UncheckedIOException e) {
        return unexpected(e);
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(CallerGoneException e) {
        LOG.debug("{}", e.getMessage());
        return ResponseEntity.status(CallerGoneException.STATUS).build();
    }

    /** Leaves security's decisions to its own handlers. */
    @ExceptionHandler
    @SuppressWarnings("DoNotCallSuggester")
    void handle(AccessDeniedException e) {
        throw e;
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(Exception e) {
        return unexpected(e);
    }

    private static ResponseEntity<Object> unexpected(Exception e) {
        Optional<Problem> room = StorageProblems.of(e);
        if (room.isPresent()) {
            LOG.warn("{}: {}", room.get().code(), e.toString());
            return answer(room.get(), new HttpHeaders());
        }
        LOG.error("unexpected", e);
        return answer(
                Problem.of(CommonProblem.INTERNAL_ERROR, "see the service's log at this time", List.of()),
                new HttpHeaders());
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(StorageProblems.of(e).orElseGet(() -> problem(e, status)), headers);
    }

    private static Problem problem(Exception e, HttpStatusCode status) {
        if (e instanceof BindException invalid) {
            return SpringProblems.invalid(invalid);
        }
        if (e instanceof HandlerMethodValidationException invalid) {
            return SpringProblems.invalid(invalid);
        }
        if (e instanceof HttpMessageNotReadableException unreadable) {
            return SpringProblems.unreadable(unreadable);
        }
        if (e instanceof MethodArgumentTypeMismatchException wrong) {
            return SpringProblems.wrongType(wrong);
        }
        if (e instanceof MissingServletRequestParameterException missing) {
            return SpringProblems.missing(missing);
        }
        String detail = e instanceof ErrorResponse response ? response.getBody().getDetail() : e.getMessage();
        return Problem.of(byStatus(status.value()), detail, List.of());
    }

    /** The common problem with this status. */
    public static CommonProblem byStatus(int status) {
        return Arrays.stream(CommonProblem.values())
                .filter(code -> code.status() == status)
                .findFirst()
                .orElse(status < 500 ? CommonProblem.INVALID_REQUEST : CommonProblem.INTERNAL_ERROR);
    }

    private static ResponseEntity<Object> answer(Problem problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
