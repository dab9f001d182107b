package dev.paddock.trainingjob;

import static org.awaitility.Awaitility.await;

import dev.paddock.contracts.event.BaseImported;
import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.DatasetVersionDeleted;
import dev.paddock.contracts.event.DatasetVersionPublished;
import dev.paddock.contracts.event.Event;
import dev.paddock.contracts.event.MethodDescription;
import dev.paddock.contracts.event.MethodInputs;
import dev.paddock.contracts.event.MethodPart;
import dev.paddock.contracts.event.VersionRegistered;
import dev.paddock.contracts.event.WorkerAnnounced;
import dev.paddock.testkit.TestApi;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.json.JsonMapper;

/** The other parts of the suite, as far as this service sees them: what they tell on Kafka. */
class World {
    static final UUID BASE = UUID.randomUUID();
    static final UUID DATASET = UUID.randomUUID();
    static final UUID DATASET_VERSION = UUID.randomUUID();
    static final String DIGEST = "sha256:" + "ab".repeat(32);

    private static final String SCHEMA = """
            {"type":"object","additionalProperties":false,"properties":{
              "r":{"type":"integer","minimum":1,"maximum":512,"default":8,"description":"Rank"},
              "learningRate":{"type":"number","exclusiveMinimum":0,"maximum":1,"default":0.0002,"description":"Rate"}}}
            """;

    private final Producer<String, String> producer;
    private final TestApi api;

    World(Producer<String, String> producer, TestApi api) {
        this.producer = producer;
        this.api = api;
    }

    void announce(String... methods) {
        announce(List.of(methods).stream().map(World::method).toList());
    }

    void announce(List<MethodDescription> methods) {
        tell(new WorkerAnnounced(
                "worker-1",
                "http://127.0.0.1:1",
                List.of("training"),
                methods,
                List.of(
                        part(MethodPart.ADAPTER, "lora", "r"),
                        part(MethodPart.ADAPTER, "dora", "width"),
                        part(MethodPart.OBJECTIVE, "sft", "smoothing"),
                        part(MethodPart.OBJECTIVE, "dpo", "beta"))));
        await().until(() -> methods.stream()
                .allMatch(method ->
                        api.as("engineer").get("/api/v1/methods/" + method.id()).status() == 200));
        tell(new BaseImported(BASE, "tiny", DIGEST, "huggingface", "test", "Apache-2.0", "platform"));
        publish(DATASET, DATASET_VERSION, 1);
    }

    void publish(UUID dataset, UUID version, int number) {
        tell(published(dataset, version, number));
    }

    DatasetVersionPublished published(UUID dataset, UUID version, int number) {
        return new DatasetVersionPublished(
                version,
                dataset,
                "handbook",
                number,
                DIGEST,
                "enterprise-docs",
                JsonMapper.shared().createObjectNode(),
                List.of(),
                List.of(),
                100,
                10,
                "steward");
    }

    /** A version that a job made of a base, as model-registry tells of it. */
    UUID trained(String kind, UUID base, String digest) {
        UUID version = UUID.randomUUID();
        tell(new VersionRegistered(
                version, kind, "trained", digest, base, DIGEST, UUID.randomUUID(), DATASET_VERSION, DIGEST));
        return version;
    }

    void delete(UUID dataset, UUID version) {
        tell(new DatasetVersionDeleted(version, dataset, "steward"));
    }

    /** Tells an event under an id of its own. */
    void tell(Event event) {
        tell(event, UUID.randomUUID());
    }

    void tell(Event event, UUID id) {
        String message = CloudEvents.write(CloudEvents.wrap(event, "test", "default", id, Instant.now()));
        try {
            producer.send(new ProducerRecord<>(event.topic(), event.subject(), message))
                    .get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodDescription method(String id) {
        return new MethodDescription(
                id,
                "adapters",
                "Trains.",
                "A paper",
                "lora",
                "sft",
                JsonMapper.shared().readTree(SCHEMA),
                JsonMapper.shared().readTree(schema("learningRate")),
                List.of("dora", "lora"),
                List.of("dpo", "sft"),
                null,
                JsonMapper.shared().createObjectNode().put("method", id));
    }

    private static MethodPart part(String kind, String id, String parameter) {
        return new MethodPart(
                kind, id, "parts", "A part.", "A paper", JsonMapper.shared().readTree(schema(parameter)));
    }

    /** A schema of one number from 0 to 1000. */
    private static String schema(String parameter) {
        return """
                {"type":"object","additionalProperties":false,"properties":{
                  "%s":{"type":"number","minimum":0,"maximum":1000,"default":0.5,"description":"A number"}}}
                """.formatted(parameter);
    }

    /** A method that trains on rows over other versions, without an adapter to choose. */
    static MethodDescription over(String id, int fewest, int most) {
        return new MethodDescription(
                id,
                "routing",
                "Trains over versions.",
                "A paper",
                "none",
                "sft",
                JsonMapper.shared().readTree(SCHEMA),
                JsonMapper.shared().readTree(schema("learningRate")),
                List.of(),
                List.of("dpo", "sft"),
                new MethodInputs(true, fewest, most, List.of(), true),
                null);
    }

    /** A method that reads other versions and needs no rows. */
    static MethodDescription merging(String id, int fewest, int most, String... roles) {
        return new MethodDescription(
                id,
                "merging",
                "Merges.",
                "A paper",
                "none",
                "none",
                JsonMapper.shared().readTree(SCHEMA),
                null,
                null,
                null,
                new MethodInputs(false, fewest, most, List.of(roles)),
                null);
    }
}
