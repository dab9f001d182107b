package dev.paddock.methods.training;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run reads and where it writes.
 *
 * @param base the base model's files, read only
 * @param rows training rows as JSON Lines: {@code messages}, the last one the assistant's answer, and what the method asks for
 * @param checkpoints an empty folder for checkpoints
 * @param resumeFrom a checkpoint to go on from; null to begin
 * @param output where the adapter's folder is written
 * @param baseDigest the base's digest, recorded in the adapter
 * @param seed of everything random
 * @param orderedAt the date that chat templates write, the same in every attempt
 * @param sources other versions that the method reads, in the order's order; none for most methods
 */
public record TrainingInput(
        Path base,
        Path rows,
        Path checkpoints,
        @Nullable Path resumeFrom,
        Path output,
        String baseDigest,
        long seed,
        Instant orderedAt,
        List<Source> sources) {
    public TrainingInput {
        sources = List.copyOf(sources);
    }

    /** Without sources. */
    public TrainingInput(
            Path base,
            Path rows,
            Path checkpoints,
            @Nullable Path resumeFrom,
            Path output,
            String baseDigest,
            long seed,
            Instant orderedAt) {
        this(base, rows, checkpoints, resumeFrom, output, baseDigest, seed, orderedAt, List.of());
    }

    /**
     * A version beside the base.
     *
     * @param name its id
     * @param folder its files
     * @param baseDigest the whole model that an adapter sits on; null for a whole model
     * @param weight its share; 1 unless ordered otherwise
     */
    public record Source(String name, Path folder, @Nullable String baseDigest, double weight) {}

    /** The same with other rows. */
    public TrainingInput withRows(Path others) {
        return new TrainingInput(base, others, checkpoints, resumeFrom, output, baseDigest, seed, orderedAt, sources);
    }

    /** The same with sources. */
    public TrainingInput withSources(List<Source> others) {
        return new TrainingInput(base, rows, checkpoints, resumeFrom, output, baseDigest, seed, orderedAt, others);
    }
}
