package dev.paddock.gateway.world;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Any admin service: tells what arrived, streams events and sends a large body. */
public final class AdminPart extends HttpPart {
    public static final int LARGE = 24 << 20;
    private volatile CountDownLatch second = new CountDownLatch(1);
    private volatile CountDownLatch hungUp = new CountDownLatch(1);

    public void reset() {
        second = new CountDownLatch(1);
        hungUp = new CountDownLatch(1);
    }

    public void sendSecondEvent() {
        second.countDown();
    }

    public boolean seesHangUp() throws InterruptedException {
        return hungUp.await(10, TimeUnit.SECONDS);
    }

    @Override
    protected void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        if (path.endsWith("/events")) {
            events(exchange);
        } else if (path.endsWith("/silent")) {
            sleep();
        } else if (path.endsWith("/stalled")) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[100_000]);
            exchange.getResponseBody().flush();
            sleep();
        } else if (path.endsWith("/download")) {
            exchange.sendResponseHeaders(200, LARGE);
            exchange.getResponseBody().write(new byte[LARGE]);
        } else {
            tell(exchange, path);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(HttpExchange exchange, String path) throws IOException {
        long bytes = count(exchange.getRequestBody());
        Map<String, Object> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values));
        exchange.getResponseHeaders().set("Set-Cookie", "leak=1");
        exchange.getResponseHeaders().set("ETag", "\"5\"");
        Map<String, Object> told = new TreeMap<>(
                Map.of("method", exchange.getRequestMethod(), "path", path, "bytes", bytes, "headers", headers));
        told.put("query", exchange.getRequestURI().getRawQuery());
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
        } else {
            json(exchange, path.endsWith("/missing") ? 404 : 200, told);
        }
    }

    private static long count(InputStream in) throws IOException {
        long bytes = 0;
        byte[] buffer = new byte[65_536];
        int read;
        while ((read = in.read(buffer)) >= 0) {
            bytes += read;
        }
        return bytes;
    }

    private void events(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.write("data: first\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        try {
            if (second.await(20, TimeUnit.SECONDS)) {
                out.write("data: second\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            for (int i = 0; i < 100; i++) {
                out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                Thread.sleep(20);
            }
        } catch (IOException e) {
            hungUp.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
