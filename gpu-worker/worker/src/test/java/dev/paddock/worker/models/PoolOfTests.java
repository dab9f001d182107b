package dev.paddock.worker.models;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.worker.WorkerProperties;
import dev.paddock.worker.WorkerRole;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.springframework.util.unit.DataSize;

/** Pools of the tiny model in fp32, in libtorch alone, so that bytes are the same on every machine. */
final class PoolOfTests {
    /** Bytes that one of {@link dev.paddock.worker.TestModels#adapter} takes: four layers, rank 2, 128 inputs and outputs. */
    static final int ADAPTER = 4 * 2 * (128 + 128) * Float.BYTES;

    private PoolOfTests() {}

    /**
     * One with room for one model.
     *
     * @param adapters of {@link #ADAPTER} bytes that find room
     */
    static ModelPool of(ArtifactStore store, Path cache, int adapters) {
        WorkerProperties worker =
                new WorkerProperties("w", Set.of(WorkerRole.SERVING), null, cache, Duration.ofSeconds(30), false);
        ServingProperties serving = new ServingProperties(
                Precision.FP32,
                1,
                DataSize.ofMegabytes(4),
                DataSize.ofMegabytes(8),
                8,
                64,
                64,
                64,
                DataSize.ofBytes((long) adapters * ADAPTER),
                Set.of(),
                16,
                Duration.ofMinutes(1),
                false,
                true);
        return new ModelPool(new ArtifactFolders(store, worker), serving, Clock.systemUTC());
    }
}
