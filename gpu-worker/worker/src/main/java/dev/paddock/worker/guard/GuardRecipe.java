package dev.paddock.worker.guard;

import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.artifacts.Manifest;
import dev.paddock.kit.artifacts.ManifestFile;
import dev.paddock.llama.training.TrainingListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a starter guard from a base and the caller's copies of public files, and measures one. */
public final class GuardRecipe {
    private final Path base;
    private final GuardSettings settings;
    private final GuardTaxonomy taxonomy;
    private final GuardRows rows;
    private final boolean sources;

    /**
     * @param base a GGUF file or a model's folder
     * @param sources where the public files lie; null for the rows that this project wrote, alone
     * @throws IllegalArgumentException when a source is missing or not the one that the recipe names
     */
    public GuardRecipe(Path base, GuardTaxonomy taxonomy, @Nullable Path sources, GuardSettings settings)
            throws IOException {
        this.base = base;
        this.settings = settings;
        this.taxonomy = taxonomy;
        this.rows = GuardRows.read(taxonomy, sources, settings.seed());
        this.sources = sources != null;
    }

    /** Rows for training and for measuring, in words. */
    public String summary() {
        long unsafe = rows.train().stream().filter(GuardRow::unsafe).count();
        return "%d rows for training (%d unsafe), %d for measuring"
                .formatted(rows.train().size(), unsafe, rows.dev().size());
    }

    /**
     * Trains and writes an adapter in PEFT's layout with {@code paddock.json} into {@code output}, which must not be there.
     *
     * @param stopped asked before each step
     * @throws java.util.concurrent.CancellationException when {@code stopped} said so
     */
    public void train(Path output, TrainingListener listener, BooleanSupplier stopped) throws IOException {
        String baseDigest = digest(base);
        new GuardTrainer(settings, taxonomy).train(base, baseDigest, rows.train(), output, listener, stopped);
        GuardProvenance.write(output, baseDigest, settings, taxonomy, rows, sources);
    }

    /**
     * How well a guard judges the rows kept for measuring.
     *
     * @param adapter the guard's folder; null for the bare base
     */
    public GuardQuality measure(@Nullable Path adapter) {
        try (GuardScorer scorer = new GuardScorer(base, adapter, taxonomy)) {
            return GuardQuality.of(scorer.score(rows.dev()));
        }
    }

    /** The digest that a base has in the artifact store: that of its folder's manifest, of a folder with it alone for one file. */
    public static String digest(Path base) throws IOException {
        Path folder = Files.isDirectory(base)
                ? base
                : Objects.requireNonNull(base.toAbsolutePath().getParent());
        List<ManifestFile> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(base)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String path = folder.relativize(Files.isDirectory(base) ? file : file.toAbsolutePath())
                        .toString()
                        .replace('\\', '/');
                files.add(new ManifestFile(path, fileDigest(file), Files.size(file)));
            }
        }
        return Digest.of(new Manifest(files).bytes()).value();
    }

    private static String fileDigest(Path file) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Digest.of(sha256).value();
    }
}
