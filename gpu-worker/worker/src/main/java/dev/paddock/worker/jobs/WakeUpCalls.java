package dev.paddock.worker.jobs;

import dev.paddock.contracts.event.TrainingRequested;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for {@link TrainingRequested}, so that a waiting worker asks for a job at once; every worker hears every call, and
 * a call that is missed costs only the time to the next question.
 */
final class WakeUpCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WakeUpCalls.class);

    private final Semaphore calls = new Semaphore(0);
    private final KafkaConsumer<String, String> consumer;
    private final Thread thread;

    WakeUpCalls(Map<String, Object> kafka) {
        Map<String, Object> settings = new java.util.HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, "worker-wake-up-" + UUID.randomUUID());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, true);
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        thread = new Thread(this::listen, "wake-up-calls");
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        try (consumer) {
            consumer.subscribe(List.of(TrainingRequested.TOPIC));
            while (!Thread.currentThread().isInterrupted()) {
                if (!consumer.poll(Duration.ofSeconds(5)).isEmpty()) {
                    calls.release();
                }
            }
        } catch (WakeupException e) {
            LOG.debug("no longer listening");
        } catch (RuntimeException e) {
            LOG.warn("wake-up calls are not heard any more; the worker still asks for jobs", e);
        }
    }

    /** Waits for a call, or for {@code most}. */
    void await(Duration most) throws InterruptedException {
        if (calls.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
            calls.drainPermits();
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
