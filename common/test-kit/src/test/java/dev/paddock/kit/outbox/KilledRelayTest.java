package dev.paddock.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.contracts.event.TrainingCancelled;
import dev.paddock.embedded.DatabaseAccess;
import dev.paddock.kit.sample.Effects;
import dev.paddock.kit.sample.KitApplication;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestInfrastructure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A process that is killed when the broker has its events and the table still has them too. */
@ServiceTest
@SpringBootTest(classes = KitApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class KilledRelayTest {
    private static final int EVENTS = 5;

    @Autowired
    private Effects effects;

    @Autowired
    private OutboxRelay relay;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void everyEventArrivesAtLeastOnceAndTakesEffectOnce() throws Exception {
        UUID job = UUID.randomUUID();
        List<String> told = IntStream.range(0, EVENTS)
                .mapToObj(number -> "survivor-" + number)
                .toList();
        await().until(() -> waiting() == 0);
        relay.stop();
        try {
            told.forEach(name -> effects.tell(job, name));
            killBetweenSendingAndDeleting();
            await().untilAsserted(() -> assertThat(effects.names("survivor-"))
                    .containsExactlyElementsOf(told.subList(0, RelayProcess.SENT)));
            assertThat(waiting()).isEqualTo(EVENTS);
        } finally {
            relay.start();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> waiting() == 0);
        await().untilAsserted(() -> assertThat(effects.names("survivor-")).containsExactlyElementsOf(told));
        List<String> arrived = arrived(job, EVENTS + RelayProcess.SENT);
        assertThat(arrived).hasSize(EVENTS + RelayProcess.SENT);
        assertThat(arrived.stream().distinct()).hasSize(EVENTS);
        assertThat(effects.names("survivor-")).hasSize(EVENTS);
    }

    private static void killBetweenSendingAndDeleting() throws IOException, InterruptedException {
        DatabaseAccess database = TestInfrastructure.get().database("kit-test");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RelayProcess.class.getName(),
                        database.jdbcUrl(),
                        database.schema(),
                        TestInfrastructure.get().kafka())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put(RelayProcess.PASSWORD, database.password());
        Process process = builder.start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && !line.equals(RelayProcess.STANDS_STILL)) {
                line = out.readLine();
            }
            assertThat(line).as("the process sent its events").isNotNull();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private long waiting() {
        return jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single();
    }

    private static List<String> arrived(UUID job, int wanted) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                TestInfrastructure.get().kafka(),
                "group.id",
                "killed-" + job,
                "auto.offset.reset",
                "earliest");
        List<String> payloads = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(new TrainingCancelled(job, "").topic()));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(300))) {
                    if (job.toString().equals(record.key())) {
                        payloads.add(record.value());
                    }
                }
                return payloads.size() >= wanted;
            });
        }
        return payloads;
    }
}
