package dev.paddock.gateway.answer;

import dev.paddock.contracts.inference.CompletionChunk;
import dev.paddock.gateway.internal.RefusedException;
import dev.paddock.kit.connection.CallerConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A worker's server-sent events as chunks; closing it before its end cancels the generation. */
final class ChunkStream implements AutoCloseable {
    private static final String DATA = "data:";
    private static final String DONE = "[DONE]";
    private static final String EVENT = "event:";
    private static final String ERROR = "error";
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final BufferedReader lines;
    private final CallerConnection caller;

    /** @param caller for whom they are, asked with every line, of which the worker sends some while nothing is said */
    ChunkStream(InputStream in, CallerConnection caller) {
        this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.caller = caller;
    }

    /**
     * The next chunk, or null after {@code [DONE]}; an end without it is an error.
     *
     * @throws RefusedException for a problem that the worker tells in its stream
     * @throws dev.paddock.kit.connection.CallerGoneException where the caller has gone
     */
    @Nullable CompletionChunk next() throws IOException, RefusedException {
        boolean problem = false;
        String line;
        while ((line = lines.readLine()) != null) {
            caller.require();
            problem = line.startsWith(EVENT)
                    ? line.substring(EVENT.length()).trim().equals(ERROR)
                    : problem;
            if (!line.startsWith(DATA)) {
                continue;
            }
            String data = line.substring(DATA.length()).trim();
            if (problem) {
                throw told(data);
            }
            return data.equals(DONE) ? null : parse(data);
        }
        throw new IOException("the worker's stream ended early");
    }

    private static RefusedException told(String problem) throws IOException {
        try {
            return RefusedException.of(JSON.readTree(problem));
        } catch (JacksonException e) {
            throw new IOException("an unreadable problem: " + e.getOriginalMessage(), e);
        }
    }

    private static CompletionChunk parse(String data) throws IOException {
        try {
            CompletionChunk chunk = JSON.readValue(data, CompletionChunk.class);
            if (chunk.text() == null && chunk.finishReason() == null && chunk.usage() == null) {
                throw new IOException("the worker sent a chunk of nothing");
            }
            return chunk;
        } catch (JacksonException e) {
            throw new IOException("an unreadable chunk: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            // the connection is gone, which is what closing is for
        }
    }
}
