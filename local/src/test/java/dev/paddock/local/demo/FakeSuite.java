package dev.paddock.local.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.paddock.local.client.RestApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/** A small server that answers each call with what is next for it; the last answer stays. */
final class FakeSuite implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Deque<Canned>> answers = new ConcurrentHashMap<>();
    final List<Asked> asked = new CopyOnWriteArrayList<>();

    record Canned(int status, String version, Map<String, ?> body) {}

    record Asked(String call, String key) {}

    FakeSuite() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Adds an answer to the queue of a call such as {@code GET /api/v1/bases}. */
    FakeSuite on(String call, Map<String, ?> body) {
        return on(call, new Canned(200, "", body));
    }

    FakeSuite on(String call, Canned answer) {
        answers.computeIfAbsent(call, c -> new ArrayDeque<>()).add(answer);
        return this;
    }

    RestApi api() {
        return new RestApi("http://127.0.0.1:" + server.getAddress().getPort(), () -> "token");
    }

    /** The idempotency keys of a call, in order. */
    List<String> keys(String call) {
        return asked.stream().filter(a -> a.call().equals(call)).map(Asked::key).toList();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        asked.add(new Asked(
                call, Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Idempotency-Key"), "")));
        exchange.getRequestBody().readAllBytes();
        Deque<Canned> queue = answers.getOrDefault(call, new ArrayDeque<>());
        Canned answer = queue.isEmpty()
                ? new Canned(404, "", Map.of("detail", "nothing was prepared for " + call))
                : queue.size() == 1 ? queue.element() : queue.remove();
        byte[] bytes = JsonMapper.shared().writeValueAsString(answer.body()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("x-paddock-model-version", answer.version());
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
