package dev.paddock.kit.inbox;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;

/** The service's running subscription; a message that keeps failing becomes a dead letter and the next one follows. */
public class EventSubscription implements SmartLifecycle {
    private final @Nullable KafkaMessageListenerContainer<String, String> container;

    EventSubscription(
            EventProcessor processor,
            DeadLetters letters,
            RetryPolicy retries,
            ConsumerFactory<String, String> consumers) {
        List<String> topics = processor.topics();
        this.container = topics.isEmpty() ? null : container(processor, letters, retries, consumers, topics);
    }

    private static KafkaMessageListenerContainer<String, String> container(
            EventProcessor processor,
            DeadLetters letters,
            RetryPolicy retries,
            ConsumerFactory<String, String> consumers,
            List<String> topics) {
        ContainerProperties properties = new ContainerProperties(topics.toArray(String[]::new));
        properties.setAckMode(ContainerProperties.AckMode.RECORD);
        properties.setMissingTopicsFatal(false);
        properties.setMessageListener((MessageListener<String, String>) record -> process(processor, record.value()));
        KafkaMessageListenerContainer<String, String> container =
                new KafkaMessageListenerContainer<>(consumers, properties);
        container.setBeanName("events");
        container.setCommonErrorHandler(errors(letters, retries));
        return container;
    }

    /** An {@link Error} would end the container; as an exception it is tried again like any other failure. */
    private static void process(EventProcessor processor, @Nullable String message) {
        try {
            processor.process(message);
        } catch (Error e) {
            throw new IllegalStateException("an event could not be handled: " + e, e);
        }
    }

    private static DefaultErrorHandler errors(DeadLetters letters, RetryPolicy retries) {
        DefaultErrorHandler handler = new DefaultErrorHandler((record, failure) -> letters.store(
                record.topic(), (String) record.key(), (String) record.value(), RetryPolicy.cause(failure)));
        handler.setBackOffFunction((record, failure) -> retries.after(failure));
        handler.setLogLevel(org.springframework.kafka.KafkaException.Level.WARN);
        return handler;
    }

    @Override
    public void start() {
        if (container != null) {
            container.start();
        }
    }

    @Override
    public void stop() {
        if (container != null) {
            container.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return container != null && container.isRunning();
    }
}
