package dev.paddock.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.kit.artifacts.FolderArtifactStore;
import dev.paddock.local.client.LocalTokens;
import dev.paddock.local.client.RestApi;
import dev.paddock.local.home.Home;
import dev.paddock.local.home.Ports;
import dev.paddock.local.model.ModelImport;
import dev.paddock.local.model.ModelPuller.Pulled;
import dev.paddock.local.model.StarterGuard;
import dev.paddock.local.model.StarterPolicy;
import dev.paddock.local.model.TinyModel;
import dev.paddock.testkit.SseLoad;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A real suite with many clients that stream from the tiny model, guarded, and hang up at random. */
class LoadedSuiteTest {
    private static final int CLIENTS = Integer.getInteger("paddock.load.clients", 200);
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("paddock.load.seconds", 600));

    /** The part of the time after which memory must not grow any more. */
    private static final double WARM_UP = 0.4;

    private static final double MOST_GROWTH = 1.02;

    /** Heaps have their size from the begin on, so that what grows is lost. */
    private static final String STEADY_HEAPS = "-Xms1g -XX:+AlwaysPreTouch";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path folder;

    private Home home;
    private SuiteProcess paddock;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(
                Boolean.getBoolean("paddock.load"),
                "-Dpaddock.load=true, since it keeps a real suite under the load of 200 clients for 10 minutes");
        home = new Home(folder.resolve("home"));
        paddock = new SuiteProcess(home, folder.resolve("output.log"), dev.paddock.embedded.Ports.free(), STEADY_HEAPS);
        assertThat(paddock.run("start")).as(Files.readString(paddock.log())).isZero();
    }

    @AfterEach
    void stop() throws Exception {
        if (paddock != null) {
            paddock.run("stop");
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void noSlotIsStuckAndNoMemoryIsLost() throws Exception {
        String gateway = SuiteSettings.gateway(Ports.recorded(home).orElseThrow());
        LocalTokens tokens = new LocalTokens(home, gateway);
        RestApi platform = new RestApi(gateway, () -> tokens.of("platform"));
        registerTiny(platform, new RestApi(gateway, () -> tokens.of("safety")));
        HttpRequest question = question(gateway, key(platform));
        awaitAnswer(question);

        SuiteMemory memory = SuiteMemory.of(home);
        run(question, TIME.multipliedBy((long) (100 * WARM_UP)).dividedBy(100));
        Map<String, Long> warm = memory.kilobytes();
        run(question, TIME.multipliedBy((long) (100 * (1 - WARM_UP))).dividedBy(100));
        Map<String, Long> end = memory.kilobytes();

        System.out.println("VmRSS in kB after the warm-up " + warm + " and in the end " + end);
        assertThat(SuiteMemory.of(home)).as("nobody fell").isEqualTo(memory);
        awaitIdle(metrics(tokens));
        warm.forEach((process, kilobytes) -> assertThat(end.get(process))
                .as("VmRSS of %s in kB; %d after the warm-up", process, kilobytes)
                .isLessThanOrEqualTo((long) (MOST_GROWTH * kilobytes)));
    }

    private static void run(HttpRequest question, Duration time) throws InterruptedException {
        SseLoad.Outcome outcome = SseLoad.run(CLIENTS, time, () -> question);
        System.out.printf(
                "%d clients, %d s: %d answers, %d cancelled, %d refused%n",
                CLIENTS, time.toSeconds(), outcome.whole(), outcome.cancelled(), outcome.refused());
        assertThat(outcome.faults()).isEmpty();
        assertThat(outcome.whole()).isGreaterThan(CLIENTS);
    }

    private HttpRequest metrics(LocalTokens tokens) {
        String worker = SuiteSettings.url(Ports.recorded(home).orElseThrow().of("worker-serving"));
        return HttpRequest.newBuilder(URI.create(worker + "/actuator/prometheus"))
                .header("Authorization", "Bearer " + tokens.of("platform"))
                .build();
    }

    private void registerTiny(RestApi platform, RestApi safety) {
        Path engine = Path.of("..", "gpu-worker");
        ModelImport imports = new ModelImport(new FolderArtifactStore(home.artifacts()), platform, home.temporary());
        Path model = engine.resolve("llama/src/main/resources/dev/paddock/llama/tiny/model");
        JsonNode base = imports.base(new Pulled(TinyModel.NAME, model, "this project", "Apache-2.0"));
        StarterGuard guards = new StarterGuard(engine.resolve("starter-guard"));
        assertThat(guards.register(base, imports, new StarterPolicy(safety))).isPresent();
    }

    private static String key(RestApi platform) {
        return platform.post(
                        "/api/v1/keys",
                        Map.of("name", "load"),
                        UUID.randomUUID().toString())
                .path("value")
                .asString();
    }

    private static HttpRequest question(String gateway, String key) {
        return HttpRequest.newBuilder(URI.create(gateway + "/v1/chat/completions"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"" + TinyModel.NAME
                        + "\",\"stream\":true,\"max_tokens\":48,\"messages\":[{\"role\":\"user\",\"content\":"
                        + "\"Where is my parcel?\"}]}"))
                .build();
    }

    /** Until everybody has heard of the model and its guard. */
    private static void awaitAnswer(HttpRequest question) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        HttpResponse<String> answer = HTTP.send(question, HttpResponse.BodyHandlers.ofString());
        while (answer.statusCode() != 200) {
            assertThat(Instant.now()).as(answer.body()).isBefore(end);
            TimeUnit.SECONDS.sleep(1);
            answer = HTTP.send(question, HttpResponse.BodyHandlers.ofString());
        }
        assertThat(answer.body()).contains("data: [DONE]");
    }

    /** Until no request has a slot or waits for one. */
    private static void awaitIdle(HttpRequest metrics) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        String busy = busy(metrics);
        while (!busy.isEmpty()) {
            assertThat(Instant.now()).as(busy).isBefore(end);
            TimeUnit.SECONDS.sleep(1);
            busy = busy(metrics);
        }
    }

    private static String busy(HttpRequest metrics) throws IOException, InterruptedException {
        String all = HTTP.send(metrics, HttpResponse.BodyHandlers.ofString()).body();
        assertThat(all).contains("paddock_num_requests_running{", "paddock_num_requests_waiting{");
        return all.lines()
                .filter(line -> line.matches("paddock_num_requests_(running|waiting)\\{.*"))
                .filter(line -> !line.endsWith(" 0.0"))
                .collect(Collectors.joining("\n"));
    }
}
