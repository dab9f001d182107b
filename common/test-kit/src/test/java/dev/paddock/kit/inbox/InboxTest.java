package dev.paddock.kit.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.TrainingCancelled;
import dev.paddock.contracts.event.TrainingEvent;
import dev.paddock.kit.sample.CancelledConsumer;
import dev.paddock.kit.sample.Effects;
import dev.paddock.kit.sample.KitApplication;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import tools.jackson.databind.JsonNode;

@ServiceTest
@SpringBootTest(classes = KitApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class InboxTest {
    @Autowired
    private Effects effects;

    @Autowired
    private CancelledConsumer consumer;

    @Autowired
    private Producer<String, String> producer;

    @Autowired
    private TestApi api;

    @Test
    void aRepeatedEventHasOneEffectAndUnknownTypesPass() throws Exception {
        String event = event(UUID.randomUUID(), "repeated");
        send(event);
        send(event.replace("TrainingCancelled", "SomethingNew"));
        send(event);
        send(event(UUID.randomUUID(), "after-repeated"));
        await().until(() -> effects.names("after-repeated").size() == 1);
        assertThat(effects.names("repeated")).hasSize(1);
    }

    @Test
    void aRefusedEventBecomesADeadLetterThatCanBeReplayedOnce() throws Exception {
        consumer.refused.add("late");
        send(event(UUID.randomUUID(), "late"));
        send(event(UUID.randomUUID(), "next-late"));
        await().until(() -> effects.names("next-late").size() == 1);
        assertThat(effects.names("late")).isEmpty();
        JsonNode letter = letter("late is refused");
        String replay = "/api/v1/kit-test/dead-letters/" + letter.path("id").asString() + "/replay";

        assertThat(api.as("engineer").post(replay, null).status()).isEqualTo(403);
        assertThat(api.as("somebody", "other", "platform").post(replay, null).status())
                .isEqualTo(404);
        assertThat(api.as("platform").post(replay, null).status()).isEqualTo(409);
        consumer.refused.clear();
        assertThat(api.as("platform").post(replay, null).json().has("replayedAt"))
                .isTrue();
        assertThat(api.as("platform").post(replay, null).status()).isEqualTo(200);
        assertThat(effects.names("late")).hasSize(1);
    }

    @Test
    void anErrorIsTriedAgainAndTheSubscriptionLivesOn() throws Exception {
        consumer.breaking.add("breaking");
        send(event(UUID.randomUUID(), "breaking"));
        send(event(UUID.randomUUID(), "after-breaking"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> effects.names("after-breaking").size() == 1);
        assertThat(effects.names("breaking")).hasSize(1);
    }

    @Test
    void whatIsNoCloudEventBecomesADeadLetter() throws Exception {
        send("{\"specversion\":\"0.1\"}");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(letter("not a CloudEvent")).isNotNull());
    }

    private JsonNode letter(String cause) {
        JsonNode items =
                api.as("platform").get("/api/v1/kit-test/dead-letters").json().path("items");
        for (JsonNode item : items) {
            if (item.path("cause").asString().contains(cause)) {
                return item;
            }
        }
        throw new AssertionError("no dead letter with cause " + cause + " in " + items);
    }

    private static String event(UUID id, String name) {
        return CloudEvents.write(CloudEvents.wrap(
                new TrainingCancelled(UUID.randomUUID(), name), "training-job", "default", id, Instant.EPOCH));
    }

    private void send(String payload) throws Exception {
        producer.send(new ProducerRecord<>(TrainingEvent.TOPIC, "one", payload)).get();
    }
}
