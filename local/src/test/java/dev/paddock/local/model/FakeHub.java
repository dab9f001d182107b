package dev.paddock.local.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small server that serves files as the hub does, or as the store to which the hub redirects. */
final class FakeHub implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Served> files = new ConcurrentHashMap<>();
    final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** How a file is served; {@code cutAt} ends the first answer's body there and drops the connection. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Served(byte[] bytes, String etag, Optional<URI> redirect, int cutAt) {}

    record Asked(String method, String path, Optional<String> token, Optional<String> range) {}

    FakeHub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    void serve(String path, Served file) {
        files.put(path, file);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(new Asked(
                exchange.getRequestMethod(),
                path,
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))));
        Served file = files.get(path);
        try (exchange) {
            if (file == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders().set("ETag", '"' + file.etag() + '"');
            if (file.redirect().isPresent()) {
                exchange.getResponseHeaders().set("X-Linked-Etag", '"' + file.etag() + '"');
                exchange.getResponseHeaders()
                        .set("Location", file.redirect().get().toString());
                exchange.sendResponseHeaders(302, -1);
            } else if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(200, -1);
            } else {
                send(exchange, path, file);
            }
        }
    }

    private void send(HttpExchange exchange, String path, Served file) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        int until = file.cutAt() > 0 ? file.cutAt() : file.bytes().length;
        files.put(path, new Served(file.bytes(), file.etag(), file.redirect(), 0));
        exchange.sendResponseHeaders(range == null ? 200 : 206, file.bytes().length - from);
        exchange.getResponseBody().write(file.bytes(), from, until - from);
        exchange.getResponseBody().flush();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
