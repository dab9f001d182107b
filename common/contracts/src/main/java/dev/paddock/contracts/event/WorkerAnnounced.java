package dev.paddock.contracts.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker says that it is there and which methods it can run.
 *
 * @param parts adapters and objectives that orders may choose; null from a worker that has none
 */
public record WorkerAnnounced(
        String workerId,
        String address,
        List<String> roles,
        List<MethodDescription> methods,
        @Nullable List<MethodPart> parts)
        implements WorkerEvent {
    @Override
    public String subject() {
        return workerId;
    }
}
