package dev.paddock.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.gateway.world.AdminPart;
import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@GatewayTest
class ProxyTest {
    @Autowired
    private Callers callers;

    @BeforeEach
    void reset() {
        World.reset();
    }

    @Test
    void aRequestReachesItsServiceWithItsCallersToken() {
        Callers.Reply reply =
                callers.send(Callers.request(callers.token("steward"), "/api/v1/documents?limit=3&a=%C3%A9")
                        .header("X-Paddock-Tenant", "another")
                        .header("Cookie", "PADDOCK_SESSION=x")
                        .header("X-Forwarded-For", "9.9.9.9")
                        .header("If-Match", "\"4\"")
                        .GET());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("ETag")).isEqualTo("\"5\"");
        assertThat(reply.response().headers().allValues("Set-Cookie")).isEmpty();
        JsonNode told = reply.json();
        assertThat(told.path("path").asString()).isEqualTo("/api/v1/documents");
        assertThat(told.path("query").asString()).isEqualTo("limit=3&a=%C3%A9");
        JsonNode headers = told.path("headers");
        assertThat(headers.path("authorization").path(0).asString()).isEqualTo("Bearer " + callers.token("steward"));
        assertThat(headers.path("if-match").path(0).asString()).isEqualTo("\"4\"");
        assertThat(headers.has("x-paddock-tenant")).isFalse();
        assertThat(headers.has("cookie")).isFalse();
        assertThat(headers.has("x-forwarded-for")).isFalse();
    }

    @Test
    void anUploadStreamsThroughWholeWithItsIdempotencyKey() {
        byte[] large = new byte[AdminPart.LARGE];
        Callers.Reply reply = callers.send(Callers.request(callers.token("steward"), "/api/v1/documents")
                .setHeader("Content-Type", "multipart/form-data; boundary=x")
                .header("Idempotency-Key", "one")
                .POST(HttpRequest.BodyPublishers.ofByteArray(large)));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("bytes").asLong()).isEqualTo(AdminPart.LARGE);
        assertThat(reply.json().path("headers").path("idempotency-key").path(0).asString())
                .isEqualTo("one");
    }

    @Test
    void aDownloadStreamsThroughWhole() throws Exception {
        HttpResponse<InputStream> response =
                callers.open(Callers.request(callers.token("steward"), "/api/v1/documents/1/download"));
        long bytes = 0;
        try (InputStream in = response.body()) {
            bytes = in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        assertThat(bytes).isEqualTo(AdminPart.LARGE);
    }

    @Test
    void aBodyThatBreaksOffIsNotTakenForAWholeOne() throws Exception {
        World.BROKEN.early(false);
        HttpResponse<InputStream> response = callers.open(Callers.request(callers.token("steward"), "/api/v1/recipes"));
        assertThat(response.statusCode()).isEqualTo(200);
        try (InputStream in = response.body()) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aBodyThatBreaksOffBeforeItsFirstByteIsA503() {
        World.BROKEN.early(true);
        Callers.Reply reply = callers.as("steward", "GET", "/api/v1/recipes", "");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.json().path("detail").asString()).contains("broke off");
    }

    @Test
    void eventsLeaveAsTheyComeAndAHangUpReachesTheService() throws Exception {
        HttpResponse<InputStream> response =
                callers.open(Callers.request(callers.token("engineer"), "/api/v1/training-jobs/1/events"));
        try (InputStream in = response.body()) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            assertThat(lines.readLine()).isEqualTo("data: first");
            World.ADMIN.sendSecondEvent();
            lines.readLine();
            assertThat(lines.readLine()).isEqualTo("data: second");
        }
        assertThat(World.ADMIN.seesHangUp()).isTrue();
    }

    @Test
    void aHundredStreamsLeaveTheGatewayAnswering() throws Exception {
        List<InputStream> open = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                open.add(callers.open(Callers.request(callers.token("engineer"), "/api/v1/training-jobs/1/events"))
                        .body());
            }
            assertThat(callers.as("engineer", "GET", "/api/v1/me", "").status()).isEqualTo(200);
            assertThat(callers.as("engineer", "GET", "/api/v1/documents", "").status())
                    .isEqualTo(200);
        } finally {
            for (InputStream stream : open) {
                stream.close();
            }
        }
    }

    @Test
    void aServiceThatFallsSilentKeepsNobodysPlace() throws Exception {
        CompletableFuture<Callers.Reply> silent =
                CompletableFuture.supplyAsync(() -> callers.as("steward", "GET", "/api/v1/documents/1/silent", ""));
        HttpResponse<InputStream> stalled =
                callers.open(Callers.request(callers.token("steward"), "/api/v1/documents/1/stalled"));
        try (InputStream in = stalled.body()) {
            Instant begun = Instant.now();
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
            assertThat(Duration.between(begun, Instant.now())).isLessThan(World.PROXY_TIMEOUT.multipliedBy(3));
        }
        Callers.Reply reply = silent.get(World.PROXY_TIMEOUT.multipliedBy(3).toSeconds(), TimeUnit.SECONDS);
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.json().path("detail").asString()).contains("dataset");
    }

    @Test
    void aServiceThatIsAwayIsNamed() {
        Callers.Reply reply = callers.as("engineer", "GET", "/api/v1/evaluations", "");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.json().path("code").asString()).isEqualTo("unavailable");
        assertThat(reply.json().path("detail").asString()).contains("evaluation");
    }

    @Test
    void aServicesOwnErrorPassesUnchanged() {
        Callers.Reply reply = callers.as("steward", "GET", "/api/v1/documents/missing", "");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }
}
