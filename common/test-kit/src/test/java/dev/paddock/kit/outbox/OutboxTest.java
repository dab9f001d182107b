package dev.paddock.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.paddock.contracts.event.TrainingCancelled;
import dev.paddock.kit.sample.Effects;
import dev.paddock.kit.sample.KitApplication;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestInfrastructure;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@SpringBootTest(classes = KitApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class OutboxTest {
    @Autowired
    private Effects effects;

    @Autowired
    private Outbox outbox;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private Producer<String, String> producer;

    @Autowired
    private OutboxRelay application;

    @Test
    void anEventLeavesOnlyWithItsTransaction() {
        UUID job = UUID.randomUUID();
        assertThatThrownBy(() -> effects.tellAndFail(job, "rolled back")).hasMessage("rolled back");
        assertThatThrownBy(() -> outbox.publish("default", new TrainingCancelled(job, "outside")))
                .isInstanceOf(IllegalStateException.class);
        effects.tell(job, "committed");
        await().until(() -> effects.names("committed").size() == 1);
        assertThat(effects.names("rolled back")).isEmpty();
        assertThat(effects.names("outside")).isEmpty();
    }

    @Test
    void twoRelaysAndAnOutageKeepOrderAndLoseNothing() {
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        OutboxRelay second =
                new OutboxRelay(jdbc, transaction, new KafkaSender(producer), new RelaySignal(), "kit_test");
        UUID job = UUID.randomUUID();
        second.start();
        try {
            IntStream.range(0, 30).forEach(number -> effects.tell(job, name(number)));
            TestInfrastructure.get().stopKafka();
            IntStream.range(30, 60).forEach(number -> effects.tell(job, name(number)));
            TestInfrastructure.get().restartKafka();
            IntStream.range(60, 90).forEach(number -> effects.tell(job, name(number)));
            List<String> sent =
                    IntStream.range(0, 90).mapToObj(OutboxTest::name).toList();
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(effects.names("ordered-")).isEqualTo(sent));
            assertThat(jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single())
                    .isZero();
        } finally {
            second.stop();
        }
    }

    @Test
    void aRelaySurvivesAnError() {
        AtomicInteger batches = new AtomicInteger();
        OutboxRelay relay =
                new OutboxRelay(
                        jdbc,
                        new TransactionTemplate(transactions),
                        new KafkaSender(producer),
                        new RelaySignal(),
                        "kit_test") {
                    @Override
                    boolean relayBatch() {
                        if (batches.incrementAndGet() == 1) {
                            throw new StackOverflowError();
                        }
                        return super.relayBatch();
                    }
                };
        application.stop();
        relay.start();
        try {
            effects.tell(UUID.randomUUID(), "after an error");
            await().until(() -> effects.names("after an error").size() == 1);
            assertThat(batches).hasValueGreaterThan(1);
        } finally {
            relay.stop();
            application.start();
        }
    }

    private static String name(int number) {
        return "ordered-" + number;
    }
}
