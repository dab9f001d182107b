package dev.paddock.local.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Against a server that, like the suite's services, gives nothing but what was asked for. */
class RestApiTest {
    private HttpServer server;
    private RestApi api;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/archive", exchange -> answer(exchange, 200, "application/zip", "archive"));
        server.createContext(
                "/missing",
                exchange -> answer(
                        exchange,
                        404,
                        "application/problem+json",
                        "{\"detail\": \"there is no version 7\", \"code\": \"not-found\"}"));
        server.createContext("/echo", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            answer(
                    exchange,
                    200,
                    "application/json",
                    "{\"body\": " + JsonMapper.shared().writeValueAsString(body) + "}");
        });
        server.start();
        api = new RestApi("http://127.0.0.1:" + server.getAddress().getPort(), () -> "token");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theSameBodyHasTheSameBytes() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", "tickets");
        body.put("description", Map.of("b", 2, "a", 1, "c", 3));
        assertThat(api.post("/echo", body, "key").path("body").asString())
                .isEqualTo("{\"description\":{\"a\":1,\"b\":2,\"c\":3},\"name\":\"tickets\"}");
    }

    @Test
    void aDownloadAcceptsAnArchive() throws IOException {
        try (InputStream in = api.download("/archive")) {
            assertThat(in).hasContent("archive");
        }
    }

    @Test
    void aRefusedDownloadSaysWhy() {
        assertThatThrownBy(() -> api.download("/missing"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("there is no version 7 (404, not-found)");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        List<String> accept = exchange.getRequestHeaders().getOrDefault("Accept", List.of());
        boolean accepted = accept.size() == 1 && accept.get(0).contains(type);
        byte[] body = (accepted ? text : "not acceptable").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(accepted ? status : 406, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
