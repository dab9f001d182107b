package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.event.CloudEvent;
import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.DeploymentChanged;
import dev.paddock.contracts.event.MethodInputs;
import dev.paddock.contracts.event.RegistryEvent;
import dev.paddock.contracts.event.WorkerAnnounced;
import dev.paddock.contracts.event.WorkerEvent;
import dev.paddock.testkit.TestApi;
import dev.paddock.testkit.TestInfrastructure;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is asked for and what is deployed is loaded while others are served. */
class AdapterServingTest extends WorkerStory {
    /** That find room in {@code paddock.serving.adapter-memory}. */
    private static final int ADAPTERS = 2;

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
    void whatIsDeployedIsLoadedWhenTheRegistrySaysSo() throws Exception {
        String base = TestModels.base(store, temporary.resolve("deployed"), "deployed");
        String adapter = TestModels.adapter(store, temporary.resolve("deployed-adapter"), 9);
        REGISTRY.deploy("[" + deployment("m", base, adapter) + "]");
        awaitLoaded(adapter);
        REGISTRY.deploy("no JSON at all");
        sayChanged();
        String text = request(base, adapter, "\"prompts\":[\"Hello\"]", 2, "");
        assertThat(service().post(COMPLETIONS, text).status()).isEqualTo(200);
        REGISTRY.deploy("[]");
    }

    @Test
    void anAdapterOfAPinnedModelStaysWhateverElseIsAskedFor() throws Exception {
        String base = TestModels.base(store, temporary.resolve("crowded"), "crowded");
        String pinned = TestModels.adapter(store, temporary.resolve("pinned"), 40);
        REGISTRY.deploy("[" + deployment("pinned-by-name", base, pinned) + "]");
        awaitLoaded(pinned);
        for (int i = 0; i < 2 * ADAPTERS; i++) {
            String other = TestModels.adapter(store, temporary.resolve("other" + i), 50 + i);
            String text = request(base, other, "\"prompts\":[\"Hello\"]", 1, "");
            assertThat(service().post(COMPLETIONS, text).status()).isEqualTo(200);
            assertThat(service().get("/internal/v1/worker").text()).contains(pinned, other);
        }
        REGISTRY.deploy("[]");
        sayChanged();
    }

    private static String deployment(String model, String base, String adapter) {
        return """
                {"model":"%4$s","versionId":"%1$s","kind":"ADAPTER","digest":"%3$s","baseVersionId":"%1$s","baseName":"tiny",
                 "baseDigest":"%2$s","adapterDigest":"%3$s","deployedAt":"2026-01-01T00:00:00Z","tenant":"default"}
                """.formatted(UUID.randomUUID(), base, adapter, model);
    }

    private void awaitLoaded(String adapter) {
        await(() -> {
            sayChanged();
            return service().get("/internal/v1/worker").text().contains(adapter);
        });
    }

    private void sayChanged() {
        DeploymentChanged changed = new DeploymentChanged(UUID.randomUUID(), "m", null, "LIVE", "approver");
        CloudEvent event = CloudEvents.wrap(changed, "model-registry", "default", UUID.randomUUID(), Instant.now());
        kafka.send(RegistryEvent.TOPIC, changed.subject(), CloudEvents.write(event))
                .join();
    }

    @Test
    void whereAdaptersInUseFillTheMemoryTheNextIsToldToComeBack() throws Exception {
        String base = base();
        String prompts = "\"prompts\":[\"Hello\"]";
        List<InputStream> open = new ArrayList<>();
        for (int i = 0; i < ADAPTERS; i++) {
            String adapter = TestModels.adapter(store, temporary.resolve("used" + i), 20 + i);
            open.add(stream(request(base, adapter, prompts, 1900, ",\"stream\":true")
                    .replace("\"temperature\":0", "\"temperature\":0,\"logitBias\":{\"0\":-100,\"2\":-100}")));
        }
        String next = TestModels.adapter(store, temporary.resolve("next"), 30);
        TestApi.Answer refused = assertProblem(request(base, next, prompts, 1, ""), 429, "adapter-memory");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.text()).contains("paddock.serving.adapter-memory");
        for (InputStream stream : open) {
            stream.close();
        }
        await(() ->
                service().post(COMPLETIONS, request(base, next, prompts, 1, "")).status() == 200);
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
            assertThat(announced.methods()).anySatisfy(method -> {
                assertThat(method.id()).isEqualTo("weight-mix");
                assertThat(method.inputs()).isEqualTo(new MethodInputs(false, 1, 16, List.of()));
            });
            assertThat(announced.methods()).anySatisfy(method -> {
                assertThat(method.id()).isEqualTo("meteora");
                assertThat(method.inputs()).isEqualTo(new MethodInputs(true, 2, 64, List.of(), true));
                assertThat(method.objectives()).contains("sft", "dpo").doesNotContain("label-supervised");
            });
        }
    }
}
