package dev.paddock.worker.jobs;

import dev.paddock.contracts.lease.CheckpointReference;
import dev.paddock.contracts.lease.Lease;
import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.worker.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A job that trains the tiny model on eight short rows. */
final class TinyJob {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant ORDERED = Instant.parse("2026-01-02T03:04:05Z");

    private TinyJob() {}

    static TrainingOrder order(ArtifactStore store, Path folder, String method, String parameters) throws IOException {
        String text = IntStream.range(0, 8).mapToObj(TinyJob::row).collect(Collectors.joining());
        return order(store, folder, method, "sft", parameters, text);
    }

    /** One over other rows, with another objective. */
    static TrainingOrder order(
            ArtifactStore store, Path folder, String method, String objective, String parameters, String text)
            throws IOException {
        String base = TestModels.base(store, Files.createDirectories(folder.resolve("base")), "tiny job");
        Path rows = Files.createDirectories(folder.resolve("rows"));
        Files.writeString(rows.resolve("train.jsonl"), text);
        return new TrainingOrder(
                "tiny job",
                method,
                "lora",
                objective,
                JSON.readTree(parameters),
                1,
                new UUID(1, 1),
                base,
                new UUID(1, 2),
                store.putFolder(rows).value());
    }

    private static String row(int number) {
        return """
                {"id":"row-%1$d","messages":[{"role":"user","content":"Where does parcel %1$d go?"},\
                {"role":"assistant","content":"To hall %1$d."}],"origin":{"document":null,"upload":null,"row":%1$d}}
                """.formatted(number);
    }

    static Lease lease(TrainingOrder order, int attempt, @Nullable CheckpointReference checkpoint) {
        return new Lease(
                new UUID(2, 2), "default", attempt, attempt, Instant.now().plusSeconds(60), order, ORDERED, checkpoint);
    }
}
