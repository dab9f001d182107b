package dev.paddock.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.event.AnswerEvent;
import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.World;
import dev.paddock.testkit.TestInfrastructure;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers that a killed gateway left open. */
@GatewayTest
class InterruptedAnswersTest {
    @Autowired
    private Callers callers;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private InterruptedAnswers interrupted;

    @BeforeEach
    void reset() {
        World.reset();
    }

    @Test
    void anAnswerThatNobodyEndedIsInterruptedAndToldOnce() throws Exception {
        String old = leftOpen(Duration.ofHours(3));
        String running = leftOpen(Duration.ofMinutes(90));
        ExecutorService replicas = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> sweep = () -> {
                interrupted.sweep();
                return true;
            };
            for (Future<Boolean> swept : replicas.invokeAll(Collections.nCopies(4, sweep))) {
                assertThat(swept.get()).isTrue();
            }
        } finally {
            replicas.shutdownNow();
        }

        assertThat(reason(old)).isEqualTo("interrupted");
        assertThat(reason(running)).isEqualTo("open");
        assertThat(told(old, reason(old)))
                .singleElement()
                .asString()
                .contains("\"application\":\"tests\"", "\"tenant\":\"default\"", "\"model\":\"tickets\"");
    }

    /** A streamed answer as its gateway's death would leave it. */
    private String leftOpen(Duration age) {
        String id = callers.application(
                        "/v1/chat/completions",
                        "{\"model\":\"tickets\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}")
                .header("x-paddock-answer");
        jdbc.sql("UPDATE answer SET finish_reason = 'open', created_at = :created WHERE id = :id")
                .param("created", Timestamp.from(Instant.now().minus(age)))
                .param("id", id)
                .update();
        return id;
    }

    private String reason(String answer) {
        return jdbc.sql("SELECT finish_reason FROM answer WHERE id = :id")
                .param("id", answer)
                .query(String.class)
                .single();
    }

    /** What Kafka has of that answer with that reason, once nothing waits to be sent any more. */
    private List<String> told(String answer, String reason) {
        Awaitility.await()
                .until(() -> jdbc.sql("SELECT count(*) FROM outbox")
                                .query(Long.class)
                                .single()
                        == 0);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", TestInfrastructure.get().kafka(),
                "group.id", UUID.randomUUID().toString(),
                "auto.offset.reset", "earliest");
        List<String> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(AnswerEvent.TOPIC));
            for (int silent = 0; silent < (found.isEmpty() ? 60 : 4); silent++) {
                consumer.poll(Duration.ofMillis(500)).forEach(message -> {
                    if (answer.equals(message.key())
                            && message.value().contains("\"finishReason\":\"" + reason + "\"")) {
                        found.add(message.value());
                    }
                });
            }
        }
        return found;
    }
}
