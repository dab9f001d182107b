package dev.paddock.gateway.internal;

import dev.paddock.kit.connection.CallerConnection;
import dev.paddock.kit.connection.CallerGoneException;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.identity.ServiceAddresses;
import dev.paddock.kit.identity.ServiceTokens;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.kit.telemetry.Traces;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON over HTTP to a named part, with the gateway's identity, for a tenant, within the current trace; a connection fault, a timeout, an unreadable answer
 * or a missing token is an {@link IOException}. Closing a streamed answer ends the work behind it.
 */
@Component
public class InternalCalls {
    private static final int MOST_PROBLEM_BYTES = 1 << 16;
    /** How long at most until a caller that has gone is noticed. */
    private static final Duration LISTENING = Duration.ofMillis(50);

    private final HttpClient http;
    private final ServiceAddresses addresses;
    private final ServiceTokens tokens;
    private final IdleStreams streams;
    private final Traces traces;
    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    InternalCalls(
            HttpClient upstreamHttp,
            ServiceAddresses addresses,
            ServiceTokens tokens,
            IdleStreams streams,
            Traces traces) {
        this.http = upstreamHttp;
        this.addresses = addresses;
        this.tokens = tokens;
        this.streams = streams;
        this.traces = traces;
    }

    /** The timeout covers the whole answer. */
    public <T> T get(String service, String path, String tenant, Class<T> type, Duration timeout)
            throws IOException, RefusedException {
        return whole(request(service, path, tenant, timeout).GET().build(), type, timeout, CallerConnection.UNKNOWN);
    }

    /** The timeout covers the whole answer. */
    public <T> T post(String service, String path, String tenant, Object body, Class<T> type, Duration timeout)
            throws IOException, RefusedException {
        return post(service, path, tenant, body, type, timeout, CallerConnection.UNKNOWN);
    }

    /**
     * Posts for a caller without whom the answer is of no use. The timeout covers the whole answer.
     *
     * @throws CallerGoneException where the caller has gone; the connection is closed then, which ends the work behind it
     */
    public <T> T post(
            String service,
            String path,
            String tenant,
            Object body,
            Class<T> type,
            Duration timeout,
            CallerConnection caller)
            throws IOException, RefusedException {
        return whole(posting(service, path, tenant, body, timeout), type, timeout, caller);
    }

    /**
     * The answer's bytes as they come; timeout is until its first byte, idle from one byte to the next.
     *
     * @throws CallerGoneException where the caller has gone before the first byte
     */
    public InputStream stream(
            String service,
            String path,
            String tenant,
            Object body,
            Duration timeout,
            Duration idle,
            CallerConnection caller)
            throws IOException, RefusedException {
        HttpRequest request = posting(service, path, tenant, body, timeout);
        CompletableFuture<HttpResponse<InputStream>> begun =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        HttpResponse<InputStream> response;
        try {
            response = await(begun, timeout, caller);
        } catch (IOException | CallerGoneException e) {
            if (!begun.isCompletedExceptionally()) {
                close(begun.join().body());
            }
            throw e;
        }
        if (response.statusCode() / 100 == 2) {
            return streams.watched(response.body(), idle);
        }
        try (InputStream answer = response.body()) {
            throw refused(response, answer.readNBytes(MOST_PROBLEM_BYTES));
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // the connection is gone, which is what closing is for
        }
    }

    private HttpRequest posting(String service, String path, String tenant, Object body, Duration timeout)
            throws IOException {
        return request(service, path, tenant, timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                .build();
    }

    private HttpRequest.Builder request(String service, String path, String tenant, Duration timeout)
            throws IOException {
        URI address = addresses.services().get(service);
        if (address == null) {
            throw new IOException("paddock.services." + service + " is not set");
        }
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                    .timeout(timeout)
                    .header("Authorization", "Bearer " + tokens.token())
                    .header(Caller.TENANT_HEADER, tenant);
            traces.tell(request, (builder, name, value) -> {
                if (builder != null) {
                    builder.setHeader(name, value);
                }
            });
            return request;
        } catch (ProblemException e) {
            throw new IOException("no token for " + service, e);
        }
    }

    private <T> T whole(HttpRequest request, Class<T> type, Duration timeout, CallerConnection caller)
            throws IOException, RefusedException {
        HttpResponse<byte[]> response =
                await(http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()), timeout, caller);
        if (response.statusCode() / 100 != 2) {
            throw refused(response, response.body());
        }
        try {
            T value = json.readValue(response.body(), type);
            if (value == null) {
                throw new IOException("an empty answer");
            }
            return value;
        } catch (JacksonException e) {
            throw new IOException("an unreadable answer: " + e.getOriginalMessage(), e);
        }
    }

    private static <T> T await(CompletableFuture<T> answer, Duration timeout, CallerConnection caller)
            throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        try {
            while (!isThere(answer, Math.min(LISTENING.toNanos(), end - System.nanoTime()))) {
                caller.require();
                if (System.nanoTime() >= end) {
                    throw new IOException("no answer within " + timeout);
                }
            }
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } finally {
            answer.cancel(true);
        }
    }

    private static boolean isThere(CompletableFuture<?> answer, long nanos)
            throws InterruptedException, ExecutionException {
        try {
            answer.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private RefusedException refused(HttpResponse<?> response, byte[] body) {
        JsonNode problem;
        try {
            problem = json.readTree(body);
        } catch (JacksonException e) {
            problem = json.createObjectNode();
        }
        @Nullable String retryAfter = response.headers().firstValue("Retry-After").orElse(null);
        String detail = problem.path("detail").asString("status " + response.statusCode());
        return new RefusedException(
                response.statusCode(),
                problem.path("code").asString("remote-error"),
                detail,
                retryAfter,
                RefusedException.field(problem));
    }
}
