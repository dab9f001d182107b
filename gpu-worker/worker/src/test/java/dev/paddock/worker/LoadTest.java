package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.SseLoad;
import dev.paddock.testkit.TestInfrastructure;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Streams of many clients at once, of which some hang up; the whole suite's long run is {@code LoadedSuiteTest}. */
class LoadTest extends WorkerStory {
    private static final int CLIENTS = 20;
    private static final Duration TIME = Duration.ofSeconds(10);

    @Test
    void noSlotIsStuckAfterManyStreamsAndHangUps() throws Exception {
        String base = TestModels.base(store, temporary.resolve("loaded"), "loaded");
        List<String> bodies = List.of(
                body(base, null),
                body(base, TestModels.adapter(store, temporary.resolve("one"), 41)),
                body(base, TestModels.adapter(store, temporary.resolve("other"), 42)));
        service().post(COMPLETIONS, bodies.get(0).replace("\"stream\":true", "\"stream\":false"));

        SseLoad.Outcome outcome = SseLoad.run(CLIENTS, TIME, requests(bodies));

        assertThat(outcome.faults()).isEmpty();
        assertThat(outcome.whole()).isGreaterThan(CLIENTS / 4);
        assertThat(outcome.cancelled()).isGreaterThan(CLIENTS / 4);
        await(() -> busy() == 0);
        assertThat(metric("paddock_kv_cache_usage", base)).isZero();
        String duration = "gen_ai_server_request_duration_seconds_count";
        assertThat(metric(duration, base, "error_type=\"failed\"")).isZero();
        assertThat(metric(duration, base, "error_type=\"none\"")).isGreaterThanOrEqualTo((double) outcome.whole());
    }

    private static String body(String base, @org.jspecify.annotations.Nullable String adapter) {
        return request(base, adapter, "\"prompts\":[\"Once upon a time\"]", 40, ",\"stream\":true")
                .replace("\"temperature\":0", "\"temperature\":1");
    }

    private Supplier<HttpRequest> requests(List<String> bodies) {
        String token = TestInfrastructure.get().tokens().token("service");
        AtomicInteger next = new AtomicInteger();
        return () -> HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + COMPLETIONS))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        bodies.get(Math.floorMod(next.getAndIncrement(), bodies.size()))))
                .build();
    }
}
