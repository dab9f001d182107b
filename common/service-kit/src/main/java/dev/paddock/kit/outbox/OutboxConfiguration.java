package dev.paddock.kit.outbox;

import dev.paddock.kit.ids.TimeOrderedIds;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox of one service and its relay. */
@Configuration(proxyBeanMethods = false)
public class OutboxConfiguration {
    @Bean
    RelaySignal relaySignal() {
        return new RelaySignal();
    }

    @Bean
    Outbox outbox(
            JdbcClient jdbc,
            TimeOrderedIds ids,
            Clock clock,
            RelaySignal signal,
            @Value("${paddock.service}") String service) {
        return new Outbox(jdbc, ids, clock, service, signal);
    }

    @Bean(destroyMethod = "close")
    Producer<String, String> outboxProducer(KafkaProperties kafka) {
        Map<String, Object> settings = kafka.buildProducerProperties();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    @Bean
    OutboxRelay outboxRelay(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Producer<String, String> outboxProducer,
            RelaySignal signal,
            @Value("${paddock.schema}") String schema) {
        return new OutboxRelay(
                jdbc, new TransactionTemplate(transactions), new KafkaSender(outboxProducer), signal, schema);
    }
}
