package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.contracts.event.CloudEvent;
import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.DeploymentChanged;
import dev.paddock.contracts.event.MethodInputs;
import dev.paddock.contracts.event.RegistryEvent;
import dev.paddock.contracts.event.WorkerAnnounced;
import dev.paddock.contracts.event.WorkerEvent;
import dev.paddock.testkit.TestInfrastructure;
import java.io.IOException;
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
    void anAnswerOfAdaptersUnderGatesSaysWhichActed() throws Exception {
        String base = base();
        String routed = TestModels.routed(store, temporary.resolve("routed"), 3);
        String single = TestModels.adapter(store, temporary.resolve("single"), 3);
        String prompts = "\"prompts\":[\"Hello there, how are\"]";
        JsonNode answer = service()
                .post(COMPLETIONS, request(base, routed, prompts, 6, ""))
                .json()
                .path("completions")
                .path(0);
        JsonNode adapters = answer.path("adapters");
        assertThat(adapters.findValuesAsString("versionId")).containsExactly("first", "second");
        double first = adapters.path(0).path("share").asDouble();
        assertThat(first).isBetween(0.01, 0.99);
        assertThat(first + adapters.path(1).path("share").asDouble()).isCloseTo(1, within(1e-6));
        List<String> events = lines(request(base, routed, prompts, 6, ",\"stream\":true"));
        assertThat(events)
                .filteredOn(event -> event.contains("\"versionId\":\"first\""))
                .singleElement()
                .satisfies(event -> assertThat(JSON.readTree(event)
                                .path("adapters")
                                .path(0)
                                .path("share")
                                .asDouble())
                        .isCloseTo(first, within(1e-5)));
        for (String other : new String[] {single, null}) {
            assertThat(service()
                            .post(COMPLETIONS, request(base, other, prompts, 2, ""))
                            .text())
                    .doesNotContain("versionId");
        }
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
