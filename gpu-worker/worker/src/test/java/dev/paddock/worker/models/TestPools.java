package dev.paddock.worker.models;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.worker.WorkerProperties;
import dev.paddock.worker.WorkerRole;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.springframework.util.unit.DataSize;

/** Pools with room for one tiny base and two adapters. */
final class TestPools {
    private TestPools() {}

    static ModelPool of(ArtifactStore store, Path cache, MeterRegistry registry) {
        return of(folders(store, cache, new SimpleMeterRegistry()), registry, 2);
    }

    /** @param requests most that run at once, and as many wait */
    static ModelPool of(ArtifactFolders folders, MeterRegistry registry, int requests) {
        ServingProperties serving = new ServingProperties(
                Precision.FP32,
                1,
                DataSize.ofMegabytes(6),
                DataSize.ofMegabytes(8),
                requests,
                requests,
                64,
                64,
                2,
                16,
                Duration.ofMinutes(1),
                true,
                true);
        return new ModelPool(folders, serving, Clock.systemUTC(), registry);
    }

    static ArtifactFolders folders(ArtifactStore store, Path cache, MeterRegistry registry) {
        WorkerProperties worker =
                new WorkerProperties("w", Set.of(WorkerRole.SERVING), null, cache, Duration.ofSeconds(30), false);
        return new ArtifactFolders(store, new StoreState(registry), worker);
    }
}
