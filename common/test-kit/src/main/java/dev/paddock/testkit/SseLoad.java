package dev.paddock.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Clients that stream answers all at once: every one asks again as soon as it has its answer, hangs up in the middle of every third
 * one or before it began, and comes back later where it is refused (429, or 503 that says when to come back).
 */
public final class SseLoad {
    private static final int MOST_LINES = 24;
    private static final int MOST_PAUSE_MILLIS = 400;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Supplier<HttpRequest> requests;
    private final Instant end;
    private final LongAdder whole = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    /** What came of it; faults are all answers that are neither whole nor refused, at most one a client. */
    public record Outcome(long whole, long cancelled, long refused, List<String> faults) {}

    private SseLoad(Supplier<HttpRequest> requests, Instant end) {
        this.requests = requests;
        this.end = end;
    }

    /** Runs so many clients for a time and waits for all. */
    public static Outcome run(int clients, Duration time, Supplier<HttpRequest> requests) throws InterruptedException {
        SseLoad load = new SseLoad(requests, Instant.now().plus(time));
        List<Thread> threads = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            Random random = new Random(client);
            Thread thread = new Thread(() -> load.client(random), "client-" + client);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return new Outcome(load.whole.sum(), load.cancelled.sum(), load.refused.sum(), List.copyOf(load.faults));
    }

    private void client(Random random) {
        try {
            while (Instant.now().isBefore(end)) {
                ask(random);
            }
        } catch (IOException | RuntimeException e) {
            faults.add("%s, %d s before the end: %s"
                    .formatted(
                            Thread.currentThread().getName(),
                            Duration.between(Instant.now(), end).toSeconds(),
                            e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Random random) throws IOException, InterruptedException {
        int patience = random.nextInt(3) == 0 ? random.nextInt(MOST_LINES) : Integer.MAX_VALUE;
        HttpResponse<InputStream> response = http.send(requests.get(), HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            if (isRefused(response)) {
                refused.increment();
                lines.lines().forEach(line -> {});
                Thread.sleep(random.nextInt(MOST_PAUSE_MILLIS));
            } else if (response.statusCode() != 200) {
                throw new IOException(response.statusCode() + " " + lines.readLine());
            } else {
                read(lines, patience);
            }
        }
    }

    private static boolean isRefused(HttpResponse<?> response) {
        boolean comesBack = response.headers().firstValue("Retry-After").isPresent();
        return response.statusCode() == 429 || (response.statusCode() == 503 && comesBack);
    }

    private void read(BufferedReader lines, int patience) throws IOException {
        for (int read = 0; read < patience; read++) {
            String line = lines.readLine();
            if (line == null || line.startsWith("event: error")) {
                throw new IOException("an answer ended early: " + line);
            }
            if (line.equals("data: [DONE]")) {
                whole.increment();
                return;
            }
        }
        cancelled.increment();
    }
}
