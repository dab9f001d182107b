package dev.paddock.benchmarks.peer;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line that a peer's script says.
 *
 * @param name what it is, with versions; once, when it is ready
 * @param versions of its libraries; once, when it is ready
 * @param tokens that a round took
 * @param seconds of a round
 * @param peakMemoryBytes most memory that it has had resident
 * @param error why it cannot go on
 */
record PeerAnswer(
        @Nullable String name,
        @Nullable Map<String, String> versions,
        long tokens,
        double seconds,
        long peakMemoryBytes,
        @Nullable String error) {}
