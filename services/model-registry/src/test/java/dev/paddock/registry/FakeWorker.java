package dev.paddock.registry;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A worker that answers each path with what it was told. */
final class FakeWorker {
    private final HttpServer server;

    FakeWorker() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void answers(String path, int status, byte[] body) {
        server.createContext(path, exchange -> {
            boolean known = exchange.getRequestHeaders().getFirst("Authorization") != null;
            exchange.sendResponseHeaders(known ? status : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }
}
