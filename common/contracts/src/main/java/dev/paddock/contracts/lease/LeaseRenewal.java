package dev.paddock.contracts.lease;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a lease and reports progress; logs are new lines since the last renewal.
 *
 * @param sequence the renewal's number within its lease, from 1: one that is sent again with the same number is taken once
 */
public record LeaseRenewal(
        long fencingToken,
        @Nullable Long sequence,
        @Nullable Progress progress,
        List<MetricPoint> metrics,
        List<String> logs) {}
