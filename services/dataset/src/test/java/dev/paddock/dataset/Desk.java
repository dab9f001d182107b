package dev.paddock.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.contracts.event.CloudEvent;
import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.DatasetEvent;
import dev.paddock.contracts.event.Event;
import dev.paddock.contracts.event.EventTypes;
import dev.paddock.testkit.TestApi;
import dev.paddock.testkit.TestInfrastructure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/** What a steward does at the service's API, and what the service tells the others. */
class Desk {
    static final MediaType JSONL = MediaType.valueOf("application/jsonl");
    private final TestApi api;

    Desk(TestApi api) {
        this.api = api;
    }

    TestApi.As steward() {
        return api.as("steward");
    }

    TestApi.As as(String role) {
        return api.as(role);
    }

    TestApi.As otherTenant() {
        return api.as("anna", "other", "steward");
    }

    int port() {
        return api.port();
    }

    String dataset(String name) {
        return id(created(steward().post("/api/v1/datasets", Map.of("name", name))));
    }

    JsonNode document(String name, String text) {
        return created(steward().upload("/api/v1/documents", name, bytes(text)));
    }

    JsonNode csv(String dataset, String options, String rows) {
        return created(steward()
                .post(
                        "/api/v1/datasets/" + dataset + "/uploads?" + options,
                        MediaType.valueOf("text/csv"),
                        bytes(rows)));
    }

    JsonNode jsonl(String dataset, String rows) {
        return created(steward().post("/api/v1/datasets/" + dataset + "/uploads", JSONL, bytes(rows)));
    }

    TestApi.Answer order(String dataset, Map<String, ?> order) {
        return steward().post("/api/v1/datasets/" + dataset + "/versions", order);
    }

    /** A version of the recipe's defaults. */
    JsonNode version(String dataset, List<String> documents, List<String> uploads) {
        return created(order(dataset, Map.of("recipe", "enterprise-docs", "documents", documents, "uploads", uploads)));
    }

    /** The event of that type about that subject, once Kafka has it. */
    <E extends Event> E told(Class<E> type, String subject) {
        List<CloudEvent> found = new ArrayList<>();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                TestInfrastructure.get().kafka(),
                "group.id",
                "story-" + java.util.UUID.randomUUID(),
                "auto.offset.reset",
                "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(DatasetEvent.TOPIC));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(300)).forEach(record -> found.add(CloudEvents.read(record.value())));
                return found.stream().anyMatch(event -> matches(event, type, subject));
            });
        }
        return CloudEvents.event(
                found.stream()
                        .filter(event -> matches(event, type, subject))
                        .findFirst()
                        .orElseThrow(),
                type);
    }

    private static boolean matches(CloudEvent event, Class<? extends Event> type, String subject) {
        return event.type().equals(EventTypes.typeOf(type)) && event.subject().equals(subject);
    }

    static JsonNode created(TestApi.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    static String id(JsonNode resource) {
        return resource.path("id").asString();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
