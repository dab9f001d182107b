package dev.paddock.kit.inbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message that could not take effect, with its last cause. */
public record DeadLetter(
        UUID id,
        String tenant,
        String topic,
        @Nullable String key,
        @Nullable String type,
        String payload,
        String cause,
        int attempts,
        Instant createdAt,
        @Nullable Instant replayedAt) {}
