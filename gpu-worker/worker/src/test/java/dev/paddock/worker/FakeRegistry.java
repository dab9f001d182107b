package dev.paddock.worker;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A model registry that answers with the deployments it was told. */
final class FakeRegistry {
    private final HttpServer server;
    private volatile String deployments = "[]";

    FakeRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/internal/v1/deployments", exchange -> {
            byte[] body = deployments.getBytes(StandardCharsets.UTF_8);
            boolean known = exchange.getRequestHeaders().getFirst("Authorization") != null;
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void deploy(String json) {
        deployments = json;
    }
}
