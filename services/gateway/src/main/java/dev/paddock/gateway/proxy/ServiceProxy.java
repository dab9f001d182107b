package dev.paddock.gateway.proxy;

import dev.paddock.gateway.GatewayProperties;
import dev.paddock.gateway.internal.IdleStreams;
import dev.paddock.kit.identity.ServiceAddresses;
import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Streams a request to a service and its answer back; a caller that hangs up closes the service's side too. */
@Component
class ServiceProxy {
    private static final int BUFFER = 16 << 10;

    private final HttpClient http;
    private final ServiceAddresses addresses;
    private final IdleStreams streams;
    private final GatewayProperties properties;

    ServiceProxy(
            HttpClient upstreamHttp, ServiceAddresses addresses, IdleStreams streams, GatewayProperties properties) {
        this.http = upstreamHttp;
        this.addresses = addresses;
        this.streams = streams;
        this.properties = properties;
    }

    void forward(String service, String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        URI address = addresses.services().get(service);
        if (address == null) {
            throw away(service + " has no address: set paddock.services." + service, null);
        }
        HttpRequest outgoing = outgoing(address + path, request)
                .timeout(properties.proxyTimeout())
                .build();
        HttpResponse<InputStream> answer = send(service, outgoing);
        try (InputStream body = streams.watched(answer.body(), properties.proxyTimeout())) {
            response.setStatus(answer.statusCode());
            ForwardedHeaders.copy(answer.headers(), address, response);
            relay(body, response, streams(answer));
        } catch (IOException e) {
            throw cutShort(service, response, e);
        }
    }

    /** Before the first byte is sent there is still a status to tell the truth with. */
    private static CutShortException cutShort(String service, HttpServletResponse response, IOException e) {
        if (!response.isCommitted()) {
            response.reset();
            throw away("the answer of " + service + " broke off: try again", e);
        }
        return new CutShortException(e);
    }

    private static HttpRequest.Builder outgoing(String address, HttpServletRequest request) {
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        URI target;
        try {
            target = URI.create(address + query);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("query", query, "must be percent-encoded");
        }
        HttpRequest.Builder outgoing = HttpRequest.newBuilder(target).method(request.getMethod(), body(request));
        ForwardedHeaders.copy(request, outgoing);
        return outgoing;
    }

    private static HttpRequest.BodyPublisher body(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        if (length == 0 || (length < 0 && request.getHeader("Transfer-Encoding") == null)) {
            return HttpRequest.BodyPublishers.noBody();
        }
        HttpRequest.BodyPublisher streamed = HttpRequest.BodyPublishers.ofInputStream(() -> {
            try {
                return request.getInputStream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return length < 0 ? streamed : HttpRequest.BodyPublishers.fromPublisher(streamed, length);
    }

    private HttpResponse<InputStream> send(String service, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw away(service + " does not answer: see './paddock status', or try again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away("the gateway is stopping", e);
        }
    }

    private static ProblemException away(String detail, @Nullable Exception e) {
        return new ProblemException(CommonProblem.UNAVAILABLE, detail, e);
    }

    private static boolean streams(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Content-Type")
                .map(type -> type.toLowerCase(Locale.ROOT).startsWith("text/event-stream"))
                .orElse(false);
    }

    /** Copies; events leave as they come. */
    private static void relay(InputStream body, HttpServletResponse response, boolean flushing) throws IOException {
        if (flushing) {
            response.flushBuffer();
        }
        OutputStream out = response.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        int count;
        while ((count = body.read(buffer)) >= 0) {
            out.write(buffer, 0, count);
            if (flushing) {
                out.flush();
            }
        }
        out.flush();
    }
}
