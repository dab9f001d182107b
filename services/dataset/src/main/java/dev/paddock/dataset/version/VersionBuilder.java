package dev.paddock.dataset.version;

import dev.paddock.dataset.DatasetProblem;
import dev.paddock.dataset.recipe.ReadyRecipe;
import dev.paddock.dataset.recipe.Sources;
import dev.paddock.dataset.row.JsonLines;
import dev.paddock.dataset.row.JsonLinesWriter;
import dev.paddock.dataset.row.Row;
import dev.paddock.dataset.row.RowJson;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Runs a recipe and writes the version's files, streaming: texts pass through, keys of rows stay in memory. */
@Component
final class VersionBuilder {
    private final ArtifactStore artifacts;

    VersionBuilder(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    BuiltVersion build(ReadyRecipe recipe, Sources sources, VersionOrder order) throws IOException {
        Path work = Files.createTempDirectory("paddock-version");
        try {
            return build(recipe, sources, order, work);
        } catch (IOException | RuntimeException e) {
            FileSystemUtils.deleteRecursively(work);
            throw e;
        }
    }

    private BuiltVersion build(ReadyRecipe recipe, Sources sources, VersionOrder order, Path work) throws IOException {
        Path candidates = work.resolve("candidates.jsonl");
        Path decisions = work.resolve("decisions.jsonl");
        Curation curation = curate(recipe, sources, candidates, decisions);
        TestSplit split = order.split();
        BitSet test = HeldOut.choose(curation.groups(), split.shareOrDefault(), split.seedOrDefault());
        int rows = curation.groups().size();
        if (rows == 0) {
            throw new ProblemException(
                    DatasetProblem.NO_ROWS,
                    "the recipe kept no row (reasons: " + curation.reasons()
                            + "): give it more or relax its parameters");
        }
        Path folder = Files.createDirectory(work.resolve("version"));
        divide(candidates, test, folder);
        Counts counts =
                new Counts(rows - test.cardinality(), test.cardinality(), curation.dropped(), curation.changed());
        VersionManifest manifest = new VersionManifest(
                VersionManifest.FORMAT,
                recipe.id(),
                recipe.parameters(),
                order.documentIds(),
                order.uploadIds(),
                split.shareOrDefault(),
                split.seedOrDefault(),
                counts,
                curation.reasons());
        Files.write(folder.resolve("manifest.json"), RowJson.MAPPER.writeValueAsBytes(manifest));
        return new BuiltVersion(artifacts.putFolder(folder), put(decisions), counts, curation.reasons(), work);
    }

    private static Curation curate(ReadyRecipe recipe, Sources sources, Path candidates, Path decisions)
            throws IOException {
        try (JsonLinesWriter rows = new JsonLinesWriter(candidates);
                JsonLinesWriter reasons = new JsonLinesWriter(decisions)) {
            Curation curation = new Curation(rows, reasons);
            recipe.run().apply(sources, curation);
            return curation;
        }
    }

    private static void divide(Path candidates, BitSet test, Path folder) throws IOException {
        try (JsonLinesWriter trainRows = new JsonLinesWriter(folder.resolve("train.jsonl"));
                JsonLinesWriter testRows = new JsonLinesWriter(folder.resolve("test.jsonl"))) {
            JsonLines.forEach(
                    Files.newInputStream(candidates),
                    Row.class,
                    (number, row) -> (test.get(number) ? testRows : trainRows).write(row));
        }
    }

    private Digest put(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return artifacts.put(in);
        }
    }
}
