package dev.paddock.worker.models;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Whether the artifact store gave what it was last asked for; a change is logged once, and {@code paddock_artifact_store_up} is 1 or
 * 0. A worker that has lost its store is alive and ready: it serves what is loaded.
 */
@Component
public class StoreState {
    private static final Logger LOG = LoggerFactory.getLogger(StoreState.class);
    private final AtomicBoolean up = new AtomicBoolean(true);

    StoreState(MeterRegistry registry) {
        Gauge.builder("paddock.artifact_store_up", up, state -> state.get() ? 1 : 0)
                .description("1 while the artifact store gives what it is asked for, else 0")
                .register(registry);
    }

    void answered() {
        if (up.compareAndSet(false, true)) {
            LOG.info("the artifact store answers again");
        }
    }

    void away(Exception e) {
        if (up.compareAndSet(true, false)) {
            LOG.error("the artifact store does not answer; what is loaded goes on being served: {}", e.toString());
        }
    }
}
