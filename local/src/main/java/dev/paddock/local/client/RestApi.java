package dev.paddock.local.client;

import dev.paddock.local.home.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One person's calls of the suite's public REST API; a problem document becomes an error that says what it says. */
public final class RestApi {
    /** The same body has the same bytes in every JVM, as a request that is repeated under its idempotency key must. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final String gateway;
    private final TokenSource token;

    /** Gives the bearer token of the next call. */
    @FunctionalInterface
    public interface TokenSource {
        String token();
    }

    public RestApi(String gateway, TokenSource token) {
        this.gateway = gateway;
        this.token = token;
    }

    public JsonNode get(String path) {
        return send(request(path).GET().build()).json();
    }

    /** Gets JSON whatever the status. */
    public JsonNode tryGet(String path) {
        return exchange(request(path).GET().build()).json();
    }

    public JsonNode delete(String path) {
        return send(request(path).DELETE().build()).json();
    }

    /** Posts JSON; the same idempotency key gives the first answer again. */
    public JsonNode post(String path, Map<String, ?> body, String idempotencyKey) {
        return answer(path, body, idempotencyKey).json();
    }

    /** Posts JSON and gives the answer whatever its status. */
    public Answer tryPost(String path, Map<String, ?> body, String idempotencyKey) {
        return exchange(jsonPost(path, body, idempotencyKey));
    }

    private Answer answer(String path, Map<String, ?> body, String idempotencyKey) {
        return send(jsonPost(path, body, idempotencyKey));
    }

    private HttpRequest jsonPost(String path, Map<String, ?> body, String idempotencyKey) {
        return request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
    }

    /** Posts one file as {@code multipart/form-data} part {@code file}. */
    public JsonNode upload(String path, String fileName, byte[] bytes, String idempotencyKey) {
        String boundary = "paddock-" + java.util.UUID.randomUUID();
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        BodyPublisher body = BodyPublishers.concat(
                BodyPublishers.ofString(head),
                BodyPublishers.ofByteArray(bytes),
                BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
        return send(request(path)
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .header("Idempotency-Key", idempotencyKey)
                        .POST(body)
                        .build())
                .json();
    }

    /** Opens the download of an archive or file; the caller closes the stream. */
    public InputStream download(String path) {
        HttpRequest request = request(path)
                .setHeader("Accept", "application/zip, application/octet-stream, application/problem+json")
                .GET()
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() / 100 != 2) {
                try (InputStream body = response.body()) {
                    throw refusal(
                            path,
                            new Answer(
                                    response.statusCode(),
                                    new String(body.readAllBytes(), StandardCharsets.UTF_8),
                                    Map.of()));
                }
            }
            return response.body();
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(gateway + path))
                .timeout(Duration.ofMinutes(5))
                .header("Authorization", "Bearer " + token.token())
                .header("Accept", "application/json");
    }

    private Answer send(HttpRequest request) {
        Answer answer = exchange(request);
        if (answer.status() / 100 != 2) {
            throw refusal(request.method() + " " + request.uri().getPath(), answer);
        }
        return answer;
    }

    private Answer exchange(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            Map<String, String> headers = new java.util.TreeMap<>();
            response.headers()
                    .map()
                    .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
            return new Answer(response.statusCode(), response.body(), headers);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted", e);
        }
    }

    private UserError unreachable(IOException e) {
        String cause = e instanceof ConnectException ? "nothing listens there" : String.valueOf(e.getMessage());
        return new UserError(
                "the suite does not answer at " + gateway + " (" + cause + "). Start it with: paddock start", e);
    }

    private static RefusedException refusal(String call, Answer answer) {
        String detail;
        String code = "";
        try {
            JsonNode problem = JSON.readTree(answer.body());
            JsonNode error = problem.path("error");
            detail = problem.path("detail").asString(error.path("message").asString(answer.body()));
            code = problem.path("code").asString(error.path("code").asString(""));
        } catch (JacksonException e) {
            detail = answer.body();
        }
        return new RefusedException(answer.status(), code, call + ": " + detail);
    }

    /** An answer as it came; header names are lower case. */
    public record Answer(int status, String body, Map<String, String> headers) {
        public JsonNode json() {
            return body.isBlank() ? JSON.createObjectNode() : JSON.readTree(body);
        }
    }
}
