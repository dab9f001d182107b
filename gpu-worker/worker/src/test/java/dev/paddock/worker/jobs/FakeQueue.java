package dev.paddock.worker.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.paddock.contracts.lease.Lease;
import dev.paddock.contracts.lease.LeaseState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** training-job at the process border: hands out one lease, and takes reports as long as the attempt runs. */
final class FakeQueue implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    /** A report that was taken: renewal, completion, failure, release. */
    record Report(String kind, JsonNode body) {}

    final List<Report> reports = new CopyOnWriteArrayList<>();
    final AtomicInteger refused = new AtomicInteger();
    final AtomicInteger awayForReports = new AtomicInteger();

    /** So many renewals are taken and their answer is lost. */
    final AtomicInteger lostAnswers = new AtomicInteger();

    volatile boolean cancelled;
    volatile boolean fenced;
    private final AtomicReference<@Nullable Lease> waiting = new AtomicReference<>();
    private final HttpServer server;
    private volatile boolean ended;

    FakeQueue() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/internal/v1/leases", this::answer);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void offer(Lease lease) {
        ended = false;
        waiting.set(lease);
    }

    List<String> kinds() {
        return reports.stream().map(Report::kind).toList();
    }

    /** The renewals that were taken, each once: those of the same number are the same. */
    List<JsonNode> renewals() {
        Map<Long, JsonNode> byNumber = new LinkedHashMap<>();
        for (Report report : reports) {
            if (report.kind().equals("renewal")) {
                long number = report.body().path("sequence").asLong();
                JsonNode first = byNumber.putIfAbsent(number, report.body());
                assertThat(report.body()).isEqualTo(first == null ? report.body() : first);
            }
        }
        return List.copyOf(byNumber.values());
    }

    /** Names of all metric points that were told. */
    List<String> metrics() {
        return reports.stream()
                .flatMap(report -> report.body().path("metrics").findValuesAsString("name").stream())
                .toList();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        List<String> path = List.of(exchange.getRequestURI().getPath().split("/", -1));
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (path.size() == 4) {
            Lease lease = waiting.getAndSet(null);
            send(exchange, lease == null ? 204 : 200, lease == null ? "" : JSON.writeValueAsString(lease));
            return;
        }
        String kind = path.size() == 5 ? "renewal" : path.get(5);
        if (!kind.equals("renewal") && awayForReports.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            send(exchange, 503, "{\"code\":\"unavailable\",\"detail\":\"restarting\"}");
        } else if (fenced || ended) {
            refused.incrementAndGet();
            send(exchange, 409, "{\"code\":\"fenced\",\"detail\":\"another worker's\"}");
        } else {
            reports.add(new Report(kind, JSON.readTree(body)));
            ended = !kind.equals("renewal");
            if (!ended && lostAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                send(exchange, 503, "{\"code\":\"unavailable\",\"detail\":\"restarting\"}");
                return;
            }
            LeaseState state = new LeaseState(cancelled, Instant.now().plusSeconds(30));
            send(exchange, ended ? 204 : 200, ended ? "" : JSON.writeValueAsString(state));
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", status < 400 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
