package dev.paddock.gateway.openai;

import dev.paddock.gateway.error.OpenAiErrorWriter;
import dev.paddock.gateway.error.OpenAiException;
import dev.paddock.kit.connection.CallerGoneException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Every exception under {@code /v1} in OpenAI's shape. */
@RestControllerAdvice(basePackageClasses = OpenAiAdvice.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class OpenAiAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAiAdvice.class);

    @ExceptionHandler
    void handle(OpenAiException e, HttpServletResponse response) throws IOException {
        OpenAiErrorWriter.write(response, e);
    }

    @ExceptionHandler
    void handle(CallerGoneException e, HttpServletResponse response) {
        response.setStatus(CallerGoneException.STATUS);
    }

    /** A caller that hung up while it was written to. */
    @ExceptionHandler
    void handle(IOException e) {
        LOG.debug("an answer could not be sent", e);
    }

    @ExceptionHandler
    void handle(Exception e, HttpServletResponse response) throws IOException {
        LOG.error("unexpected", e);
        OpenAiErrorWriter.write(
                response, OpenAiException.unavailable("internal_error", "The gateway could not answer; try again."));
    }
}
