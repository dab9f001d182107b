package dev.paddock.gateway.model;

import dev.paddock.contracts.event.CloudEvent;
import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.DeploymentChanged;
import dev.paddock.contracts.event.EventTypes;
import dev.paddock.contracts.event.MalformedEventException;
import dev.paddock.contracts.event.RegistryEvent;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.stereotype.Component;

/**
 * Hears every deployment change, in every replica of the gateway: a group of its own for each, from the newest message on, since
 * what is forgotten has no state to catch up with.
 */
@Component
class DeploymentChanges implements SmartLifecycle {
    private final KafkaMessageListenerContainer<String, String> container;
    private final DeployedModels models;

    DeploymentChanges(KafkaProperties kafka, DeployedModels models) {
        this.models = models;
        Map<String, Object> settings = kafka.buildConsumerProperties();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, "gateway-deployments-" + UUID.randomUUID());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        ContainerProperties properties = new ContainerProperties(RegistryEvent.TOPIC);
        properties.setMissingTopicsFatal(false);
        properties.setMessageListener((MessageListener<String, String>) message -> hear(message.value()));
        this.container = new KafkaMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(settings, new StringDeserializer(), new StringDeserializer()),
                properties);
        container.setBeanName("deployment-changes");
    }

    private void hear(String message) {
        try {
            CloudEvent envelope = CloudEvents.read(message);
            if (envelope.type().equals(EventTypes.typeOf(DeploymentChanged.class))) {
                models.forget(envelope.tenant());
            }
        } catch (MalformedEventException e) {
            // the services that act on events keep it as a dead letter
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
