package dev.paddock.registry.log;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of verifying a chain: how many entries were read, the hash of the last one (to be noted elsewhere: it also tells
 * later whether entries were cut off), and the first sequence number that does not fit, with the reason.
 */
public record ChainVerification(
        boolean valid,
        long entries,
        String head,
        @Nullable Long firstBroken,
        @Nullable String reason) {}
