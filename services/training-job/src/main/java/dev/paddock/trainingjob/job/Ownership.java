package dev.paddock.trainingjob.job;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose job it is.
 *
 * @param tenant the tenant it belongs to
 * @param requestedBy the person who ordered it, or who made the trigger that did
 * @param triggerId the trigger, if one ordered it
 * @param sweepId the sweep that it is a trial of
 */
public record Ownership(
        String tenant,
        String requestedBy,
        @Nullable UUID triggerId,
        @Nullable UUID sweepId) {}
