package dev.paddock.gateway.openai;

import dev.paddock.gateway.error.OpenAiException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** A request's bytes, bounded. */
final class RequestBody {
    static final int MOST_BYTES = 8 << 20;

    private RequestBody() {}

    /** So many bytes the body has at most. */
    static int most(HttpServletRequest request) {
        long told = request.getContentLengthLong();
        return told < 0 || told > MOST_BYTES ? MOST_BYTES : (int) told;
    }

    static byte[] read(HttpServletRequest request) {
        try {
            byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                throw OpenAiException.refused(
                        413, "request_too_large", null, "The body exceeds " + MOST_BYTES + " bytes; send less text.");
            }
            return body;
        } catch (IOException e) {
            throw OpenAiException.invalid("unreadable_body", null, "The body ended early.");
        }
    }
}
