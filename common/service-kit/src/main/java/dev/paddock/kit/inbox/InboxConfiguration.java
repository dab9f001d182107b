package dev.paddock.kit.inbox;

import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.kit.outbox.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Subscribes the service, as one Kafka group, to the topics of its {@link EventConsumer}s. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetryPolicy.class)
@Import(DeadLetterController.class)
public class InboxConfiguration {
    @Bean
    EventProcessor eventProcessor(
            ObjectProvider<EventConsumer<?>> consumers,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new EventProcessor(
                List.copyOf(consumers.orderedStream().toList()), jdbc, new TransactionTemplate(transactions), clock);
    }

    @Bean
    DeadLetters deadLetters(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Outbox outbox,
            TimeOrderedIds ids,
            Clock clock,
            @Value("${paddock.service}") String service) {
        return new DeadLetters(jdbc, new TransactionTemplate(transactions), outbox, ids, clock, service);
    }

    @Bean
    EventSubscription eventSubscription(
            EventProcessor processor,
            DeadLetters letters,
            RetryPolicy retries,
            KafkaProperties kafka,
            @Value("${paddock.service}") String service) {
        Map<String, Object> settings = kafka.buildConsumerProperties();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, service);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100);
        return new EventSubscription(
                processor,
                letters,
                retries,
                new DefaultKafkaConsumerFactory<>(settings, new StringDeserializer(), new StringDeserializer()));
    }
}
