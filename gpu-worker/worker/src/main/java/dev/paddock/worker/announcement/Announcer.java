package dev.paddock.worker.announcement;

import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.WorkerAnnounced;
import dev.paddock.contracts.event.WorkerEvent;
import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.worker.WorkerIdentity;
import dev.paddock.worker.WorkerProperties;
import dev.paddock.worker.WorkerRole;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Tells at start and from time to time that this worker is there; without a broker the next time tells it. */
@Component
class Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    private static final int PATIENCE_SECONDS = 5;
    private final WorkerIdentity identity;
    private final WorkerProperties properties;
    private final MethodDescriptions methods;
    private final KafkaTemplate<String, String> kafka;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final String tenant;

    Announcer(
            WorkerIdentity identity,
            WorkerProperties properties,
            MethodDescriptions methods,
            KafkaTemplate<String, String> kafka,
            TimeOrderedIds ids,
            Clock clock,
            @Value("${paddock.worker.tenant:default}") String tenant) {
        this.identity = identity;
        this.properties = properties;
        this.methods = methods;
        this.kafka = kafka;
        this.ids = ids;
        this.clock = clock;
        this.tenant = tenant;
    }

    @Scheduled(fixedDelayString = "${paddock.worker.announce-every:30s}")
    void announce() throws InterruptedException {
        URI address = identity.address();
        if (address == null) {
            return;
        }
        List<String> roles =
                properties.roles().stream().map(WorkerRole::id).sorted().toList();
        WorkerAnnounced event =
                new WorkerAnnounced(identity.id(), address.toString(), roles, methods.all(), methods.parts());
        String message = CloudEvents.write(CloudEvents.wrap(event, "worker", tenant, ids.next(), clock.instant()));
        try {
            kafka.send(WorkerEvent.TOPIC, event.subject(), message).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.warn("this worker could not be announced: {}", e.getMessage());
        }
    }
}
