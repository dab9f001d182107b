package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.event.CloudEvent;
import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.DeploymentChanged;
import dev.paddock.contracts.event.RegistryEvent;
import dev.paddock.contracts.event.WorkerAnnounced;
import dev.paddock.contracts.event.WorkerEvent;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import dev.paddock.testkit.TestInfrastructure;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The worker over HTTP with the tiny model, as other services see it. */
@ServiceTest(
        properties = {
            "paddock.worker.id=worker-under-test",
            "paddock.worker.roles=serving,training",
            "paddock.worker.cache=target/worker-cache",
            "paddock.serving.precision=fp32",
            "paddock.serving.threads=1",
            "paddock.serving.running=2",
            "paddock.serving.waiting=2"
        })
class WorkerTest {
    private static final FakeRegistry REGISTRY = new FakeRegistry();
    private static final JsonMapper JSON = new JsonMapper();
    private static final String COMPLETIONS = "/internal/v1/completions";

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
    }

    @Test
    void aConversationIsRenderedAnsweredAndStreamedAlike() throws Exception {
        String base = base();
        JsonNode rendered = service()
                .post(
                        "/internal/v1/render",
                        "{\"base\":\"%s\",\"messages\":%s,\"addGenerationPrompt\":true}".formatted(base, messages()))
                .json();
        assertThat(rendered.get("prompt").asString()).contains("Hello").endsWith("assistant\n");

        TestApi.Answer chat = service()
                .post("/internal/v1/chat/completions", request(base, null, "\"messages\":" + messages(), 12, ""));
        assertThat(chat.status()).isEqualTo(200);
        String text = chat.json().get("completions").get(0).get("text").asString();
        assertThat(text).isNotEmpty();
        assertThat(chat.json().get("usage").get("promptTokens").asInt())
                .isEqualTo(rendered.get("tokens").asInt());

        String prompt = JSON.writeValueAsString(rendered.get("prompt").asString());
        JsonNode plain = service()
                .post(COMPLETIONS, request(base, null, "\"prompts\":[" + prompt + "]", 12, ""))
                .json();
        for (String path : List.of("/internal/v1/chat/completions", COMPLETIONS)) {
            String input = path.equals(COMPLETIONS) ? "\"prompts\":[" + prompt + "]" : "\"messages\":" + messages();
            JsonNode counted = service()
                    .post(path + "/check", request(base, null, input, 12, ""))
                    .json();
            assertThat(counted.get("promptTokens")).isEqualTo(rendered.get("tokens"));
        }
        assertThat(plain.get("completions").get(0).get("text").asString()).isEqualTo(text);

        List<String> events = lines(request(base, null, "\"prompts\":[" + prompt + "]", 12, ",\"stream\":true"));
        assertThat(events.get(events.size() - 1)).isEqualTo("[DONE]");
        JsonNode last = JSON.readTree(events.get(events.size() - 2));
        assertThat(last.get("usage")).isEqualTo(plain.get("usage"));
        assertThat(last.get("finishReason"))
                .isEqualTo(plain.get("completions").get(0).get("finishReason"));
        StringBuilder streamed = new StringBuilder();
        for (String event : events.subList(0, events.size() - 1)) {
            streamed.append(JSON.readTree(event).get("text").asString());
        }
        assertThat(streamed).hasToString(text);
        assertThat(events.size()).isGreaterThan(3);
    }

    @Test
    void echoScoresPromptsInBatches() throws IOException {
        String body = request(
                base(),
                null,
                "\"prompts\":[\"Hello there\",\"Hello world, again\"]",
                0,
                ",\"logprobs\":3,\"echo\":true");
        JsonNode answer = service().post(COMPLETIONS, body).json();
        assertThat(answer.get("completions").size()).isEqualTo(2);
        for (JsonNode completion : answer.get("completions")) {
            JsonNode logprobs = completion.get("logprobs");
            assertThat(logprobs.get(0).get("logprob")).isNull();
            StringBuilder text = new StringBuilder();
            for (JsonNode token : logprobs) {
                assertThat(token.get("offset").asInt()).isEqualTo(text.length());
                text.append(token.get("token").asString());
                if (token.has("logprob")) {
                    assertThat(token.get("logprob").asDouble()).isNegative();
                    assertThat(token.get("top").size()).isEqualTo(3);
                }
            }
            assertThat(text).hasToString(completion.get("text").asString());
        }
        assertThat(answer.get("completions").get(0).get("text").asString()).isEqualTo("Hello there");
        assertThat(answer.get("usage").get("completionTokens").asInt()).isZero();
    }

    @Test
    void seedsRepeatAndSeveralAnswersDiffer() throws IOException {
        String base = base();
        String body =
                "{\"model\":{\"base\":\"%s\"},\"prompts\":[\"The\"],\"sampling\":{\"maxTokens\":12,\"temperature\":1.5,"
                                .formatted(base)
                        + "\"seed\":7,\"n\":5},\"echo\":false,\"stream\":false}";
        JsonNode first = service().post(COMPLETIONS, body).json().get("completions");
        assertThat(service().post(COMPLETIONS, body).json().get("completions")).isEqualTo(first);
        assertThat(IntStream.range(0, 5).mapToObj(i -> first.get(i).get("text").asString()))
                .hasSize(5)
                .satisfies(
                        texts -> assertThat(texts.stream().distinct().count()).isGreaterThan(1));
    }

    @Test
    void anAdapterIsLoadedWhileServingAndListed() throws IOException {
        String base = base();
        String adapter = TestModels.adapter(store, temporary.resolve("adapter"), 1);
        String prompts = "\"prompts\":[\"Hello there, how are\"]";
        String scored = ",\"logprobs\":0,\"echo\":true";
        JsonNode bare = service()
                .post(COMPLETIONS, request(base, null, prompts, 0, scored))
                .json();
        JsonNode adapted = service()
                .post(COMPLETIONS, request(base, adapter, prompts, 0, scored))
                .json();
        JsonNode again = service()
                .post(COMPLETIONS, request(base, null, prompts, 0, scored))
                .json();
        assertThat(adapted).isNotEqualTo(bare);
        assertThat(again).isEqualTo(bare);
        JsonNode status = service().get("/internal/v1/worker").json();
        assertThat(status.get("workerId").asString()).isEqualTo("worker-under-test");
        assertThat(status.toString()).contains(base, adapter, "\"precision\":\"fp32\"", "\"serving\"");
    }

    @Test
    void mistakesAreProblemsWithTheirWayOut() throws IOException {
        String base = base();
        String hello = "\"prompts\":[\"Hello\"]";
        assertProblem(request(TestModels.unknown(), null, hello, 1, ""), 404, "unknown-artifact");
        assertProblem(request(base, TestModels.unknown(), hello, 1, ""), 404, "unknown-artifact");
        assertProblem(request("latest", null, hello, 1, ""), 400, "invalid-request");
        String truncated = TestModels.truncated(store, temporary.resolve("truncated"));
        assertProblem(request(truncated, null, hello, 1, ""), 422, "malformed-artifact");
        assertProblem(request(base, base, hello, 1, ""), 422, "malformed-artifact");
        String longPrompt = "\"prompts\":[\"" + "Hello there. ".repeat(2000) + "\"]";
        TestApi.Answer tooLong = assertProblem(request(base, null, longPrompt, 1, ""), 422, "context-length-exceeded");
        assertThat(tooLong.text()).contains("2048");
        TestApi.Answer checked = service().post(COMPLETIONS + "/check", request(base, null, longPrompt, 1, ""));
        assertThat(checked.status()).isEqualTo(422);
        assertThat(checked.json().get("code").asString()).isEqualTo("context-length-exceeded");
        assertProblem(request(base, null, "\"prompts\":[]", 1, ""), 400, "invalid-request");
        assertProblem(request(base, null, hello, -1, ""), 400, "invalid-request");
        assertProblem(request(base, null, hello, 1, ",\"logprobs\":21"), 400, "invalid-request");
        assertProblem(
                request(base, null, hello, 1, "").replace("\"temperature\":0", "\"temperature\":9"),
                400,
                "invalid-request");
        assertThat(service()
                        .post(COMPLETIONS, request(base, null, hello, 1, ""))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void onlyServicesGetIn() throws IOException {
        String body = request(base(), null, "\"prompts\":[\"Hello\"]", 1, "");
        assertThat(api.anonymous().post(COMPLETIONS, body).status()).isEqualTo(401);
        for (String role : List.of("steward", "engineer", "approver", "safety", "platform", "auditor")) {
            assertThat(api.as(role).post(COMPLETIONS, body).status()).as(role).isEqualTo(403);
        }
        assertThat(api.anonymous().get("/actuator/health").status()).isEqualTo(200);
    }

    @Test
    void aFullQueueIsRefusedAndCallersThatGoAreNoticed() throws Exception {
        String base = base();
        String endless = request(base, null, "\"prompts\":[\"Hello\"]", 1900, ",\"stream\":true")
                .replace("\"temperature\":0", "\"temperature\":0,\"logitBias\":{\"0\":-100,\"2\":-100}");
        service().post(COMPLETIONS, request(base, null, "\"prompts\":[\"Hello\"]", 1, ""));
        List<InputStream> open = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            open.add(stream(endless));
            int expected = i + 1;
            await(() -> busy() >= expected);
        }
        TestApi.Answer refused = service().post(COMPLETIONS, endless);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.json().get("code").asString()).isEqualTo("queue-full");
        String verdict = request(base, null, "\"prompts\":[\"Hello\"]", 1, ",\"priority\":1");
        assertThat(service().post(COMPLETIONS, verdict).status())
                .as("a verdict while the queue is full")
                .isEqualTo(200);
        for (InputStream stream : open) {
            stream.close();
        }
        await(() -> busy() == 0);
    }

    @Test
    void whatIsDeployedIsLoadedWhenTheRegistrySaysSo() throws Exception {
        String base = TestModels.base(store, temporary.resolve("deployed"), "deployed");
        String adapter = TestModels.adapter(store, temporary.resolve("deployed-adapter"), 9);
        REGISTRY.deploy("""
                [{"model":"m","versionId":"%1$s","kind":"ADAPTER","digest":"%3$s","baseVersionId":"%1$s","baseName":"tiny",
                  "baseDigest":"%2$s","adapterDigest":"%3$s","deployedAt":"2026-01-01T00:00:00Z","tenant":"default"}]
                """.formatted(UUID.randomUUID(), base, adapter));
        DeploymentChanged changed = new DeploymentChanged(UUID.randomUUID(), "m", null, "LIVE", "approver");
        CloudEvent event = CloudEvents.wrap(changed, "model-registry", "default", UUID.randomUUID(), Instant.now());
        await(() -> {
            kafka.send(RegistryEvent.TOPIC, changed.subject(), CloudEvents.write(event))
                    .join();
            return service().get("/internal/v1/worker").text().contains(adapter);
        });
        REGISTRY.deploy("no JSON at all");
        kafka.send(RegistryEvent.TOPIC, changed.subject(), CloudEvents.write(event))
                .join();
        String text = request(base, adapter, "\"prompts\":[\"Hello\"]", 2, "");
        assertThat(service().post(COMPLETIONS, text).status()).isEqualTo(200);
        REGISTRY.deploy("[]");
    }

    @Test
    void theWorkerAnnouncesItsMethodsAndAddress() {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", TestInfrastructure.get().kafka(),
                        "group.id", UUID.randomUUID().toString(),
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(WorkerEvent.TOPIC));
            List<String> heard = new ArrayList<>();
            await(() -> {
                for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(300))) {
                    heard.add(message.value());
                }
                return !heard.isEmpty();
            });
            WorkerAnnounced announced = CloudEvents.event(CloudEvents.read(heard.get(0)), WorkerAnnounced.class);
            assertThat(announced.workerId()).isEqualTo("worker-under-test");
            assertThat(announced.address()).isEqualTo("http://127.0.0.1:" + api.port());
            assertThat(announced.methods()).anySatisfy(method -> {
                assertThat(method.id()).isEqualTo("lora");
                assertThat(method.parameters().get("properties").has("r")).isTrue();
            });
        }
    }

    private String base() throws IOException {
        return TestModels.base(store, temporary.resolve("base"), "base");
    }

    private TestApi.As service() {
        return api.as("service");
    }

    private int busy() {
        JsonNode status = service().get("/internal/v1/worker").json();
        return status.get("running").asInt() + status.get("queued").asInt();
    }

    private TestApi.Answer assertProblem(String body, int status, String code) {
        TestApi.Answer answer = service().post(COMPLETIONS, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().get("code").asString()).isEqualTo(code);
        assertThat(answer.json().get("detail").asString()).isNotEmpty();
        return answer;
    }

    private static String messages() {
        return "[{\"role\":\"user\",\"content\":\"Hello\"}]";
    }

    private static String request(
            String base, @org.jspecify.annotations.Nullable String adapter, String input, int maxTokens, String more) {
        String model = adapter == null
                ? "{\"base\":\"%s\"}".formatted(base)
                : "{\"base\":\"%s\",\"adapter\":\"%s\"}".formatted(base, adapter);
        String flags =
                (more.contains("echo") ? "" : ",\"echo\":false") + (more.contains("stream") ? "" : ",\"stream\":false");
        return "{\"model\":%s,%s,\"sampling\":{\"maxTokens\":%d,\"temperature\":0}%s%s}"
                .formatted(model, input, maxTokens, more, flags);
    }

    private InputStream stream(String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + COMPLETIONS))
                .header(
                        "Authorization",
                        "Bearer " + TestInfrastructure.get().tokens().token("service"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<InputStream> response = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return response.body();
    }

    private List<String> lines(String body) throws IOException, InterruptedException {
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

    private static void await(BooleanSupplier condition) {
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
