package dev.paddock.worker.models;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.llama.inference.hybrid.BatchPrecision;
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

/** Pools with room for one tiny base, in fp32 and in libtorch alone, so that bytes are the same on every machine. */
final class TestPools {
    /** Bytes that one of {@link dev.paddock.worker.TestModels#adapter} takes: four layers, rank 2, 128 inputs and outputs. */
    static final int ADAPTER = 4 * 2 * (128 + 128) * Float.BYTES;

    private TestPools() {}

    /** One with room for two adapters. */
    static ModelPool of(ArtifactStore store, Path cache, MeterRegistry registry) {
        return of(folders(store, cache, new SimpleMeterRegistry()), registry, 2, 2);
    }

    /** @param adapters of {@link #ADAPTER} bytes that find room */
    static ModelPool of(ArtifactStore store, Path cache, int adapters) {
        return of(folders(store, cache, new SimpleMeterRegistry()), new SimpleMeterRegistry(), 64, adapters);
    }

    /**
     * One with room for four adapters.
     *
     * @param requests most that run at once, and as many wait
     */
    static ModelPool of(ArtifactFolders folders, MeterRegistry registry, int requests) {
        return of(folders, registry, requests, 4);
    }

    private static ModelPool of(ArtifactFolders folders, MeterRegistry registry, int requests, int adapters) {
        ServingProperties serving = new ServingProperties(
                Precision.FP32,
                1,
                DataSize.ofMegabytes(4),
                DataSize.ofMegabytes(8),
                requests,
                requests,
                64,
                64,
                DataSize.ofBytes((long) adapters * ADAPTER),
                Set.of(),
                16,
                Duration.ofMinutes(1),
                false,
                true,
                false,
                BatchPrecision.EXACT,
                null);
        return new ModelPool(folders, serving, Clock.systemUTC(), registry);
    }

    static ArtifactFolders folders(ArtifactStore store, Path cache, MeterRegistry registry) {
        WorkerProperties worker =
                new WorkerProperties("w", Set.of(WorkerRole.SERVING), null, cache, Duration.ofSeconds(30), false);
        return new ArtifactFolders(store, new StoreState(registry), worker);
    }
}
