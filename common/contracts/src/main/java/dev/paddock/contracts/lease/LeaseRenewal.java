package dev.paddock.contracts.lease;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps a lease and reports progress; logs are new lines since the last renewal. */
public record LeaseRenewal(
        long fencingToken, @Nullable Progress progress, List<MetricPoint> metrics, List<String> logs) {}
