package dev.paddock.gateway.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.paddock.gateway.answer.AnswerHead;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers and errors; nulls are written, as OpenAI does. */
final class OpenAiResponses {
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.ALWAYS))
            .build();

    private OpenAiResponses() {}

    static byte[] json(Object value) {
        return JSON.writeValueAsBytes(value);
    }

    static void write(HttpServletResponse response, Object value) throws IOException {
        response.setContentType("application/json");
        response.getOutputStream().write(json(value));
        response.flushBuffer();
    }

    /** Lineage key, model and policy versions of an answer. */
    static void headers(HttpServletResponse response, AnswerHead head) {
        response.setHeader("x-paddock-answer", head.id());
        response.setHeader("x-paddock-model-version", head.model().versionId().toString());
        response.setHeader("x-paddock-base", baseDigest(head));
        response.setHeader("x-paddock-policy", head.policy().toString());
        response.setHeader("Cache-Control", "no-store");
    }

    private static String baseDigest(AnswerHead head) {
        return head.model().adapterDigest() == null
                ? head.model().digest()
                : head.model().baseDigest();
    }
}
