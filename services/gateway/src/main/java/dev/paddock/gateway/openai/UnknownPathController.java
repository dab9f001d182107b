package dev.paddock.gateway.openai;

import dev.paddock.gateway.error.OpenAiException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What no other handler under {@code /v1} takes. */
@RestController
class UnknownPathController {
    @RequestMapping({"/v1", "/v1/**"})
    void unknown(HttpServletRequest request) {
        throw OpenAiException.refused(
                404,
                "unknown_url",
                null,
                "Unknown request URL: " + request.getMethod() + " " + request.getRequestURI()
                        + "; there are /v1/chat/completions, /v1/completions, /v1/classify, /v1/models and /v1/moderations.");
    }
}
