package dev.paddock.gateway.world;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests to the gateway as a user, a service or an application. */
public class Callers {
    private static final JsonMapper JSON = new JsonMapper();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final Map<String, String> keys = new ConcurrentHashMap<>();

    /** A status, its headers and its text. */
    public record Reply(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /** An access token by client credentials. */
    public String token(String client) {
        return tokens.computeIfAbsent(client, name -> askToken(name, World.secret(name))
                .json()
                .path("access_token")
                .asString());
    }

    public Reply askToken(String client, String secret) {
        String basic = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return send(HttpRequest.newBuilder(URI.create(World.URL + "/oauth2/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")));
    }

    /** An application key made once for the tests by that name. */
    public String key(String name) {
        return keys.computeIfAbsent(
                name, fresh -> as("platform", "POST", "/api/v1/keys", "{\"name\":\"" + fresh + "\"}")
                        .json()
                        .path("value")
                        .asString());
    }

    public Reply as(String client, String method, String path, String body) {
        return bearer(token(client), method, path, body);
    }

    public Reply application(String path, String body) {
        return bearer(key("tests"), body.isEmpty() ? "GET" : "POST", path, body);
    }

    public Reply bearer(String token, String method, String path, String body) {
        return send(request(token, path).method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    public static HttpRequest.Builder request(String token, String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(World.URL + path))
                .header("Content-Type", "application/json")
                .header("X-Request", UUID.randomUUID().toString());
        return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
    }

    public Reply send(HttpRequest.Builder request) {
        try {
            return new Reply(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks; cancelling what it gives hangs up. */
    public CompletableFuture<HttpResponse<String>> begin(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<InputStream> open(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }
}
