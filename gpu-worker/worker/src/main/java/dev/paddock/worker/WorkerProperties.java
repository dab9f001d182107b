package dev.paddock.worker;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of a worker under {@code paddock.worker}.
 *
 * @param id stable name of this worker; drawn at start where absent
 * @param roles what it does
 * @param address where others reach it; its own loopback port where absent
 * @param cache folder for materialized artifacts
 * @param announceEvery how often it announces itself
 * @param calibrate whether the machine's speed is measured at start, and not with the first estimate
 */
@ConfigurationProperties("paddock.worker")
public record WorkerProperties(
        @Nullable String id,
        @DefaultValue({"serving", "training"}) Set<WorkerRole> roles,
        @Nullable URI address,
        Path cache,
        @DefaultValue("30s") Duration announceEvery,
        @DefaultValue("false") boolean calibrate) {
    public WorkerProperties {
        Objects.requireNonNull(cache, "set paddock.worker.cache to a folder for fetched artifacts");
        roles = Set.copyOf(roles);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("paddock.worker.roles is empty; name serving, training or both");
        }
    }
}
