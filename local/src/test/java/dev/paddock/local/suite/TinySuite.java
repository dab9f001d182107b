package dev.paddock.local.suite;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A real suite in processes of its own, with the tiny model and its guard, until it is closed. */
public final class TinySuite implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path ENGINE = Path.of("..", "gpu-worker");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Home home;
    private final SuiteProcess paddock;
    private final String gateway;
    private final LocalTokens tokens;

    /**
     * Starts it, and waits for its first answer.
     *
     * @param folder takes its home and what it writes
     * @param javaOptions of all its processes; empty for none
     */
    public TinySuite(Path folder, String javaOptions) throws IOException, InterruptedException {
        home = new Home(folder.resolve("home"));
        paddock = new SuiteProcess(home, folder.resolve("output.log"), dev.paddock.embedded.Ports.free(), javaOptions);
        boolean answers = false;
        try {
            if (paddock.run("start") != 0) {
                throw new IllegalStateException("the suite did not start: " + Files.readString(paddock.log()));
            }
            gateway = SuiteSettings.gateway(Ports.recorded(home).orElseThrow());
            tokens = new LocalTokens(home, gateway);
            register();
            awaitAnswer(question(key("first")));
            answers = true;
        } finally {
            if (!answers) {
                close();
            }
        }
    }

    /** Where the OpenAI-compatible API is. */
    public String url() {
        return gateway + "/v1";
    }

    /** The folder of the model that is served as {@link TinyModel#NAME}. */
    public static Path model() {
        return ENGINE.resolve("llama/src/main/resources/dev/paddock/llama/tiny/model")
                .toAbsolutePath()
                .normalize();
    }

    Home home() {
        return home;
    }

    private RestApi as(String user) {
        return new RestApi(gateway, () -> tokens.of(user));
    }

    private void register() {
        ModelImport imports =
                new ModelImport(new FolderArtifactStore(home.artifacts()), as("platform"), home.temporary());
        JsonNode base = imports.base(new Pulled(TinyModel.NAME, model(), "this project", "Apache-2.0"));
        StarterGuard guards = new StarterGuard(ENGINE.resolve("starter-guard"));
        assertThat(guards.register(base, imports, new StarterPolicy(as("safety"))))
                .isPresent();
    }

    /** A new application key. */
    public String key(String name) {
        return as("platform")
                .post("/api/v1/keys", Map.of("name", name), UUID.randomUUID().toString())
                .path("value")
                .asString();
    }

    /** A question whose answer is streamed. */
    HttpRequest question(String key) {
        return HttpRequest.newBuilder(URI.create(url() + "/chat/completions"))
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

    /** Until no request has a slot of the serving worker or waits for one. */
    public void awaitIdle() throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (metric("paddock_num_requests_running") + metric("paddock_num_requests_waiting") > 0) {
            assertThat(Instant.now()).as("a request holds its slot").isBefore(end);
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** The sum of a metric's series of the serving worker whose labels hold all texts; there must be one without any. */
    public double metric(String name, String... labels) throws IOException, InterruptedException {
        String worker = SuiteSettings.url(Ports.recorded(home).orElseThrow().of("worker-serving"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(worker + "/actuator/prometheus"))
                .header("Authorization", "Bearer " + tokens.of("platform"))
                .build();
        List<String> series = HTTP.send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .toList();
        assertThat(series).as(name).isNotEmpty();
        return series.stream()
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Stops it. */
    @Override
    public void close() {
        try {
            paddock.run("stop");
        } catch (IOException e) {
            throw new IllegalStateException("cannot stop the suite of " + home.root(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
