package dev.paddock.guard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.paddock.contracts.inference.Completion;
import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.CompletionResponse;
import dev.paddock.contracts.inference.TokenLogprob;
import dev.paddock.contracts.inference.TokenUsage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A worker whose model calls a last message with the word "bomb" unsafe, category S1; it can fail in several ways. */
final class FakeWorker {
    static final FakeWorker INSTANCE = new FakeWorker();
    private static final JsonMapper JSON = new JsonMapper();

    final List<CompletionRequest> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile Mode mode = Mode.WORKS;
    private volatile int longestPrompt = Integer.MAX_VALUE;
    private volatile int milliseconds;

    enum Mode {
        WORKS,
        AWAY,
        SLOW,
        BABBLES,
        WITHOUT_LOGPROBS,
        GARBAGE
    }

    private FakeWorker() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "fake-worker");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/internal/v1/completions", this::handle);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void reset() {
        mode = Mode.WORKS;
        longestPrompt = Integer.MAX_VALUE;
        milliseconds = 0;
        requests.clear();
    }

    void fail(Mode how) {
        mode = how;
    }

    void refusePromptsLongerThan(int characters) {
        longestPrompt = characters;
    }

    void takeForEachRequest(int time) {
        milliseconds = time;
    }

    private void handle(HttpExchange exchange) throws IOException {
        CompletionRequest request = JSON.readValue(exchange.getRequestBody().readAllBytes(), CompletionRequest.class);
        requests.add(request);
        List<String> prompts = request.prompts() == null ? List.of() : request.prompts();
        if (mode == Mode.AWAY) {
            answer(exchange, 503, "{\"code\":\"unavailable\",\"detail\":\"starting\"}");
        } else if (prompts.stream().anyMatch(prompt -> prompt.length() > longestPrompt)) {
            answer(exchange, 400, "{\"code\":\"context-length-exceeded\",\"detail\":\"too long\"}");
        } else if (mode == Mode.GARBAGE) {
            answer(exchange, 200, "{\"completions\":[],\"usage\":{\"promptTokens\":1,\"completionTokens\":1}}");
        } else {
            sleep(mode == Mode.SLOW ? 4_000 : milliseconds);
            List<Completion> completions = new ArrayList<>();
            for (int i = 0; i < prompts.size(); i++) {
                completions.add(complete(i, prompts.get(i)));
            }
            answer(
                    exchange,
                    200,
                    JSON.writeValueAsString(new CompletionResponse(completions, new TokenUsage(10, prompts.size()))));
        }
    }

    private static void sleep(int time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Completion complete(int index, String prompt) {
        if (prompt.endsWith(" unsafe\n")) {
            return new Completion(index, 0, "S1, S9\nbecause", "stop", null);
        }
        double unsafe = lastMessage(prompt).contains("bomb") ? 0.97 : 0.02;
        return new Completion(index, 0, unsafe > 0.5 ? " un" : " safe", "length", logprobs(unsafe));
    }

    private @Nullable List<TokenLogprob> logprobs(double unsafe) {
        if (mode == Mode.WITHOUT_LOGPROBS) {
            return null;
        }
        Map<String, Double> top = mode == Mode.BABBLES
                ? Map.of(" The", Math.log(0.9), " safe", Math.log(0.05), " un", Math.log(0.01))
                : Map.of(" safe", Math.log((1 - unsafe) * 0.9), " un", Math.log(unsafe * 0.9), " The", Math.log(0.1));
        return List.of(new TokenLogprob(1, " safe", top.get(" safe"), 0, top));
    }

    private static String lastMessage(String prompt) {
        String turns = prompt.substring(prompt.indexOf("<BEGIN CONVERSATION>"), prompt.indexOf("<END CONVERSATION>"));
        return turns.substring(Math.max(turns.lastIndexOf("\nUser: "), turns.lastIndexOf("\nAgent: ")));
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .add("Content-Type", status == 200 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
