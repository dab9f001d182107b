package dev.paddock.kit.inbox;

import java.time.Instant;
import java.util.UUID;

/** Where an event came from: its id, the tenant it belongs to, when and by whom it was told. */
public record EventContext(UUID eventId, String tenant, Instant time, String source) {}
