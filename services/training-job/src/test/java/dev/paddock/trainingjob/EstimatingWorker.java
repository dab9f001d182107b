package dev.paddock.trainingjob;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.paddock.contracts.lease.TrainingEstimate;
import dev.paddock.contracts.lease.TrainingOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A training worker at the process border with 2 GiB: orders of rank 512 need 3, those of rank 511 find it silent, all others 1. */
final class EstimatingWorker {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long GIB = 1L << 30;

    private final HttpServer server;

    private EstimatingWorker(HttpServer server) {
        this.server = server;
        server.createContext("/internal/v1/training-estimates", this::answer);
        server.start();
    }

    static EstimatingWorker start() {
        try {
            return new EstimatingWorker(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            TrainingOrder order = JSON.readValue(exchange.getRequestBody(), TrainingOrder.class);
            int rank = order.parameters().path("r").asInt(8);
            if (rank != 511) {
                byte[] body = JSON.writeValueAsBytes(estimate(rank == 512 ? 3 * GIB : GIB));
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static TrainingEstimate estimate(long peak) {
        boolean fits = peak <= 2 * GIB;
        return new TrainingEstimate(
                "worker-1",
                peak,
                Map.of("activations", peak / 2),
                2 * GIB,
                fits,
                fits ? null : "batchSize 2 with gradientAccumulation 2",
                1000,
                12,
                4096,
                34.5,
                List.of("nothing else computes"),
                List.of());
    }
}
