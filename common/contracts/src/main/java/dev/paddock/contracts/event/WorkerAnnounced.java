package dev.paddock.contracts.event;

import java.util.List;

/** A worker says that it is there and which methods it can run. */
public record WorkerAnnounced(String workerId, String address, List<String> roles, List<MethodDescription> methods)
        implements WorkerEvent {
    @Override
    public String subject() {
        return workerId;
    }
}
