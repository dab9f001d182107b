package dev.paddock.benchmarks.peer;

import dev.paddock.benchmarks.BenchmarkException;
import dev.paddock.benchmarks.Figure.Peer;
import dev.paddock.benchmarks.Round;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A peer in a process of its own, with this process' environment (threads, allocator). It takes its task and then commands, one
 * line each, and answers each with a line of JSON; it ends with its input.
 */
public final class PeerProcess implements Round, AutoCloseable {
    /** What an answer does not name is 0. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final String script;
    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;
    private final PeerAnswer ready;

    private PeerProcess(String script, Process process, Map<String, Object> task) {
        this.script = script;
        this.process = process;
        out = process.inputReader(StandardCharsets.UTF_8);
        in = process.outputWriter(StandardCharsets.UTF_8);
        ready = ask(JSON.writeValueAsString(task));
    }

    /**
     * Starts a script and waits until its model is loaded.
     *
     * @throws BenchmarkException when it cannot
     */
    public static PeerProcess start(PeerSetting setting, String script, Map<String, Object> task) {
        Path file = Path.of(setting.scripts(), script);
        ProcessBuilder builder = new ProcessBuilder(setting.python(), file.toString());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("HF_HUB_OFFLINE", "1");
        builder.environment().put("TOKENIZERS_PARALLELISM", "false");
        try {
            return new PeerProcess(script, builder.start(), task);
        } catch (IOException e) {
            throw new BenchmarkException("cannot start the peer " + script + ": " + e.getMessage(), e);
        }
    }

    /** What it is, with versions. */
    public String name() {
        return Objects.requireNonNullElse(ready.name(), script);
    }

    /** Versions of its libraries. */
    public Map<String, String> versions() {
        return Objects.requireNonNullElse(ready.versions(), Map.of());
    }

    /** Tokens a second of one round. */
    @Override
    public double measure() {
        PeerAnswer answer = ask("round");
        return (double) answer.tokens() / answer.seconds();
    }

    /** Most memory in bytes that it has had resident. */
    public Peer peakMemory() {
        return new Peer(name(), (double) ask("memory").peakMemoryBytes());
    }

    private PeerAnswer ask(String line) {
        try {
            in.write(line + "\n");
            in.flush();
            String said = out.readLine();
            if (said == null) {
                throw new BenchmarkException("the peer " + script + " ended without an answer");
            }
            PeerAnswer answer = JSON.readValue(said, PeerAnswer.class);
            if (answer.error() != null) {
                throw new BenchmarkException("the peer " + script + " says: " + answer.error());
            }
            return answer;
        } catch (JacksonException e) {
            throw new BenchmarkException("the peer " + script + " does not speak JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new BenchmarkException("the peer " + script + " is gone: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            process.destroy();
        }
    }
}
