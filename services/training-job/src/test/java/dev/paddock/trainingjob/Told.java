package dev.paddock.trainingjob;

import dev.paddock.contracts.event.CloudEvent;
import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.TrainingEvent;
import dev.paddock.testkit.TestInfrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What the service has told on {@code paddock.training} so far. */
final class Told {
    private Told() {}

    /** Short names of the events about a job, in their order. */
    static List<String> about(String job) {
        return all().stream()
                .filter(event -> event.subject().equals(job))
                .map(event -> event.type().replaceAll("dev\\.paddock\\.|\\.v1", ""))
                .toList();
    }

    static CloudEvent one(String job, String name) {
        return all().stream()
                .filter(event -> event.subject().equals(job) && event.type().contains(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<CloudEvent> all() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", TestInfrastructure.get().kafka(),
                "key.deserializer", StringDeserializer.class,
                "value.deserializer", StringDeserializer.class);
        List<CloudEvent> events = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings)) {
            List<TopicPartition> partitions = consumer.partitionsFor(TrainingEvent.TOPIC).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(message -> events.add(CloudEvents.read(message.value())));
            }
        }
        return events;
    }
}
