package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.CompletionChunk;
import dev.paddock.kit.problem.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/** Server-sent events; every event leaves at once, and a caller that has gone shows as an {@link IOException}. */
final class EventStream {
    private final OutputStream out;
    private final JsonMapper json;

    EventStream(HttpServletResponse response, JsonMapper json) throws IOException {
        this.json = json;
        response.setContentType("text/event-stream");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "no-store");
        this.out = response.getOutputStream();
    }

    void chunk(CompletionChunk chunk) throws IOException {
        write("data: " + json.writeValueAsString(chunk));
    }

    void problem(Problem problem) throws IOException {
        write("event: error\ndata: " + json.writeValueAsString(problem));
    }

    /** A comment, by which a caller that has gone is noticed. */
    void alive() throws IOException {
        write(":");
    }

    void done() throws IOException {
        write("data: [DONE]");
    }

    private void write(String event) throws IOException {
        out.write((event + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
