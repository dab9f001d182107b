package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.testkit.OtlpReceiver;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import dev.paddock.testkit.TestInfrastructure;
import dev.paddock.worker.metrics.ModelMeters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The worker over HTTP with the tiny model, as other services see it. All stories share one worker. */
@ServiceTest(
        properties = {
            "paddock.worker.id=worker-under-test",
            "paddock.worker.roles=serving,training",
            "paddock.worker.cache=target/worker-cache",
            "paddock.serving.precision=fp32",
            "paddock.serving.threads=1",
            "paddock.serving.vectors=false",
            "paddock.serving.adapter-memory=20KB",
            "paddock.serving.pinned=default/pinned-by-name",
            "paddock.serving.running=2",
            "paddock.serving.waiting=2"
        })
abstract class WorkerStory {
    static final FakeRegistry REGISTRY = new FakeRegistry();

    static final OtlpReceiver SPANS = new OtlpReceiver();

    static final JsonMapper JSON = new JsonMapper();

    static final String COMPLETIONS = "/internal/v1/completions";

    @Autowired
    TestApi api;

    @Autowired
    ArtifactStore store;

    @Autowired
    KafkaTemplate<String, String> kafka;

    @TempDir
    Path temporary;

    @DynamicPropertySource
    static void registry(DynamicPropertyRegistry properties) {
        properties.add("paddock.services.model-registry", REGISTRY::address);
        properties.add("otel.exporter.otlp.endpoint", SPANS::url);
        properties.add("otel.bsp.schedule.delay", () -> 100);
    }

    String base() throws IOException {
        return TestModels.base(store, temporary.resolve("base"), "base");
    }

    TestApi.As service() {
        return api.as("service");
    }

    int busy() {
        JsonNode status = service().get("/internal/v1/worker").json();
        return status.get("running").asInt() + status.get("queued").asInt();
    }

    /** The sum of a metric's series of one base whose labels hold all texts; 0 where there is none. */
    double metric(String name, String base, String... labels) {
        return api.as("platform")
                .get("/actuator/prometheus")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains(ModelMeters.shown(base)))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    TestApi.Answer assertProblem(String body, int status, String code) {
        TestApi.Answer answer = service().post(COMPLETIONS, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().get("code").asString()).isEqualTo(code);
        assertThat(answer.json().get("detail").asString()).isNotEmpty();
        return answer;
    }

    static String messages() {
        return "[{\"role\":\"user\",\"content\":\"Hello\"}]";
    }

    static String request(
            String base, @org.jspecify.annotations.Nullable String adapter, String input, int maxTokens, String more) {
        String model = adapter == null
                ? "{\"base\":\"%s\"}".formatted(base)
                : "{\"base\":\"%s\",\"adapter\":\"%s\"}".formatted(base, adapter);
        String flags =
                (more.contains("echo") ? "" : ",\"echo\":false") + (more.contains("stream") ? "" : ",\"stream\":false");
        return "{\"model\":%s,%s,\"sampling\":{\"maxTokens\":%d,\"temperature\":0}%s%s}"
                .formatted(model, input, maxTokens, more, flags);
    }

    InputStream stream(String body) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(post(body), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return response.body();
    }

    HttpRequest post(String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + COMPLETIONS))
                .header(
                        "Authorization",
                        "Bearer " + TestInfrastructure.get().tokens().token("service"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    List<String> lines(String body) throws IOException, InterruptedException {
        List<String> events = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream(body), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("data: ")) {
                    events.add(line.substring("data: ".length()));
                }
            }
        }
        return events;
    }

    static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("waited too long").isBefore(end);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
