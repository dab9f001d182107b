package dev.paddock.registry;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A worker that answers each path with what it was told. */
final class FakeWorker {
    private final HttpServer server;
    private volatile String asked = "";

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

    /** What stood after the question mark of the last request. */
    String asked() {
        return asked;
    }

    void answers(String path, int status, byte[] body) {
        server.createContext(path, exchange -> {
            asked = String.valueOf(exchange.getRequestURI().getQuery());
            boolean known = exchange.getRequestHeaders().getFirst("Authorization") != null;
            exchange.sendResponseHeaders(known ? status : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }
}
