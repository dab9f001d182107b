package dev.paddock.methods.merging;

import dev.paddock.llama.merge.MergeSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a merge reads and where it writes.
 *
 * @param base the base model's files, read only
 * @param sources the other models in the order's order
 * @param rows rows as JSON Lines; null where the order names none or the method reads none
 * @param output where the model's folder is written; it exists
 * @param seed of everything random
 */
public record MergingInput(
        Path base, List<Source> sources, @Nullable Path rows, Path output, long seed) {
    /** Without rows. */
    public MergingInput(Path base, List<Source> sources, Path output, long seed) {
        this(base, sources, null, output, seed);
    }

    /** A model with the share or the role that the order gave it. */
    public record Source(MergeSource model, @Nullable String role, double weight) {}

    List<MergeSource> models() {
        return sources.stream().map(Source::model).toList();
    }

    List<Double> weights() {
        return sources.stream().map(Source::weight).toList();
    }

    MergeSource inRole(String role) {
        return sources.stream()
                .filter(source -> Objects.equals(source.role(), role))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no source has the role " + role))
                .model();
    }
}
