package dev.paddock.gateway.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/** Writes an error as an answer's body; nulls are written, as OpenAI does. */
public final class OpenAiErrorWriter {
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.ALWAYS))
            .build();

    private OpenAiErrorWriter() {}

    /** What was not yet sent is dropped; after the first sent byte nothing is written. */
    public static void write(HttpServletResponse response, OpenAiException e) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(e.status());
        Integer seconds = e.retryAfterSeconds();
        if (seconds != null) {
            response.setHeader("Retry-After", seconds.toString());
        }
        if (e.status() == 401) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        response.setContentType("application/json");
        response.getOutputStream().write(JSON.writeValueAsBytes(e.error()));
        response.flushBuffer();
    }
}
