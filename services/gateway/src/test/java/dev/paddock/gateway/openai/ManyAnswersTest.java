package dev.paddock.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.World;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** At most 120 answers at once, 60 of one key, on fewer container threads than that. */
@GatewayTest
class ManyAnswersTest {
    private static final String BODY =
            "{\"model\":\"tickets\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @Autowired
    private Callers callers;

    @BeforeEach
    void reset() {
        World.reset();
    }

    @Test
    void aHundredStreamsAtOnceAndOneTooManyIsTurnedAway() throws Exception {
        World.WORKER.say("w ".repeat(20_000).split(" "));
        World.WORKER.slowly(Duration.ofMillis(100));
        ExecutorService opening = Executors.newFixedThreadPool(32);
        List<InputStream> open = new ArrayList<>();
        try {
            open.addAll(openAll(callers.key("tests"), opening));
            assertThat(callers.application("/v1/models", "").status()).isEqualTo(200);
            isTurnedAway("tests");
            open.addAll(openAll(callers.key("others"), opening));
            isTurnedAway("third");
        } finally {
            for (InputStream stream : open) {
                stream.close();
            }
            opening.shutdownNow();
        }
    }

    /** As many streams as one key may have. */
    private List<InputStream> openAll(String key, ExecutorService opening) throws Exception {
        List<CompletableFuture<InputStream>> streams = new ArrayList<>();
        for (int i = 0; i < World.CONCURRENT_ANSWERS / 2; i++) {
            streams.add(CompletableFuture.supplyAsync(() -> open(key), opening));
        }
        List<InputStream> open = new ArrayList<>();
        for (CompletableFuture<InputStream> stream : streams) {
            open.add(stream.get());
        }
        assertThat(open).allSatisfy(stream -> assertThat(stream.read()).isEqualTo('d'));
        return open;
    }

    private void isTurnedAway(String name) {
        Callers.Reply tooMany = callers.bearer(callers.key(name), "POST", "/v1/chat/completions", BODY);
        assertThat(tooMany.status()).isEqualTo(429);
        assertThat(tooMany.header("Retry-After")).isEqualTo("1");
        assertThat(tooMany.json().path("error").path("code").asString()).isEqualTo("rate_limit_exceeded");
    }

    private InputStream open(String key) {
        try {
            var response = callers.open(
                    Callers.request(key, "/v1/chat/completions").POST(HttpRequest.BodyPublishers.ofString(BODY)));
            assertThat(response.statusCode()).isEqualTo(200);
            return response.body();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
