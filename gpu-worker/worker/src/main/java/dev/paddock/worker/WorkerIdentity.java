package dev.paddock.worker;

import dev.paddock.kit.ids.TimeOrderedIds;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Who this worker is and where it answers. */
@Component
public class WorkerIdentity {
    private final String id;
    private final @Nullable URI configured;
    private volatile @Nullable URI own;

    WorkerIdentity(WorkerProperties properties, TimeOrderedIds ids) {
        String named = properties.id();
        this.id = named == null ? "worker-" + ids.next() : named;
        this.configured = properties.address();
    }

    @EventListener
    void started(WebServerInitializedEvent event) {
        own = URI.create("http://127.0.0.1:" + event.getWebServer().getPort());
    }

    public String id() {
        return id;
    }

    /** Where others reach it; null before its server has started. */
    public @Nullable URI address() {
        return configured == null ? own : configured;
    }
}
