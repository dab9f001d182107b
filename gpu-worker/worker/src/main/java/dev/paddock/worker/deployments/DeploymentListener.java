package dev.paddock.worker.deployments;

import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.DeploymentChanged;
import dev.paddock.contracts.event.EventTypes;
import dev.paddock.contracts.event.MalformedEventException;
import dev.paddock.contracts.event.RegistryEvent;
import dev.paddock.worker.ConditionalOnRole;
import dev.paddock.worker.WorkerIdentity;
import dev.paddock.worker.WorkerRole;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.stereotype.Component;

/** Hears of changed deployments, in a group of its own so that every worker does; what it missed, its start makes up for. */
@Component
@ConditionalOnRole(WorkerRole.SERVING)
class DeploymentListener implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(DeploymentListener.class);
    private final KafkaMessageListenerContainer<String, String> container;
    private final Convergence convergence;

    DeploymentListener(KafkaProperties kafka, WorkerIdentity identity, Convergence convergence) {
        this.convergence = convergence;
        Map<String, Object> settings = kafka.buildConsumerProperties();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, "worker-" + identity.id());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        ContainerProperties properties = new ContainerProperties(RegistryEvent.TOPIC);
        properties.setMissingTopicsFatal(false);
        properties.setMessageListener((MessageListener<String, String>) record -> heard(record.value()));
        container = new KafkaMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(settings, new StringDeserializer(), new StringDeserializer()),
                properties);
        container.setBeanName("deployments");
    }

    private void heard(String message) {
        try {
            if (CloudEvents.read(message).type().equals(EventTypes.typeOf(DeploymentChanged.class))) {
                convergence.converge();
            }
        } catch (MalformedEventException e) {
            LOG.warn("a message on {} is passed over: {}", RegistryEvent.TOPIC, e.getMessage());
        }
    }

    @Override
    public void start() {
        container.start();
    }

    @Override
    public void stop() {
        container.stop();
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }
}
