package dev.paddock.local.cli;

import dev.paddock.llama.training.StopOnExit;
import dev.paddock.llama.training.TrainingListener;
import dev.paddock.llama.training.TrainingProgress;
import dev.paddock.local.home.UserError;
import dev.paddock.worker.guard.GuardQuality;
import dev.paddock.worker.guard.GuardRecipe;
import dev.paddock.worker.guard.GuardSettings;
import dev.paddock.worker.guard.GuardTaxonomy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The recipe of the starter guard. */
@Command(
        name = "guard",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(train | measure)",
        description = "Starter guards: trains one for a base from public files on this machine, and measures one.")
final class GuardCommand {
    @Spec
    private CommandSpec spec;

    @Command(
            name = "train",
            mixinStandardHelpOptions = true,
            description =
                    "Trains a guard adapter. The files that it needs, with their digests and licences, stand in docs/starter-guard.md.")
    int train(
            @Option(
                            names = "--base",
                            required = true,
                            paramLabel = "PATH",
                            description = "A .gguf file or Hugging Face folder.")
                    Path base,
            @Option(
                            names = "--sources",
                            paramLabel = "FOLDER",
                            description =
                                    "Where the public files lie; without it only the rows that come with the suite are used.")
                    @Nullable Path sources,
            @Option(
                            names = "--output",
                            required = true,
                            paramLabel = "FOLDER",
                            description = "A new folder for the adapter.")
                    Path output,
            @Option(
                            names = "--taxonomy",
                            defaultValue = "default",
                            description =
                                    "What is taught: ${COMPLETION-CANDIDATES}; short is for a tiny base. Default: ${DEFAULT-VALUE}.")
                    GuardTaxonomy taxonomy,
            @Option(names = "--seed", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}.") long seed,
            @Option(
                            names = "--epochs",
                            description = "Passes over the rows. Default: 1, and 16 for the short taxonomy.")
                    @Nullable Integer epochs,
            @Option(names = "--dry-run", description = "Only checks the files and counts rows.") boolean dryRun) {
        if (Files.exists(output)) {
            throw new UserError("--output " + output + " is there already: choose a new folder");
        }
        Console console = new Console(spec.commandLine().getOut());
        try {
            GuardRecipe recipe = recipe(base, taxonomy, sources, seed, epochs);
            console.line(recipe.summary());
            if (!dryRun) {
                try (StopOnExit stop = new StopOnExit()) {
                    recipe.train(output, new Course(console), stop);
                }
                console.line("wrote " + output);
            }
            return 0;
        } catch (CancellationException e) {
            throw new UserError("stopped: " + e.getMessage() + "; nothing was written", e);
        } catch (IOException e) {
            throw new UserError("cannot read or write: " + e.getMessage(), e);
        }
    }

    @Command(
            name = "measure",
            mixinStandardHelpOptions = true,
            description = "Measures a guard adapter, or a bare base, on the recipe's held-out rows.")
    int measure(
            @Option(
                            names = "--base",
                            required = true,
                            paramLabel = "PATH",
                            description = "A .gguf file or Hugging Face folder.")
                    Path base,
            @Option(names = "--sources", paramLabel = "FOLDER", description = "Where the public files lie.") @Nullable Path sources,
            @Option(
                            names = "--guard",
                            paramLabel = "FOLDER",
                            description = "The adapter; without it the bare base is measured.")
                    @Nullable Path guard,
            @Option(names = "--rows", description = "Also prints every row with its score.") boolean rows,
            @Option(
                            names = "--taxonomy",
                            defaultValue = "default",
                            description =
                                    "What is taught: ${COMPLETION-CANDIDATES}; short is for a tiny base. Default: ${DEFAULT-VALUE}.")
                    GuardTaxonomy taxonomy,
            @Option(names = "--seed", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}.") long seed) {
        try {
            GuardQuality quality = recipe(base, taxonomy, sources, seed, null).measure(guard);
            Console console = new Console(spec.commandLine().getOut());
            console.line(String.format(
                    Locale.ROOT,
                    "AUPRC %.3f  accuracy %.3f  with a verdict %.3f",
                    quality.auprc(),
                    quality.accuracy(),
                    quality.verdicts()));
            quality.sources()
                    .forEach((name, source) ->
                            console.line("  " + name + ": flagged " + source.flagged() + " of " + source.rows()));
            if (rows) {
                quality.rows()
                        .forEach(row -> console.line(String.format(
                                Locale.ROOT,
                                "  %.3f  %s  %s  %s",
                                row.score(),
                                row.unsafe() ? "unsafe" : "safe  ",
                                row.source(),
                                row.text().replaceAll("\\s+", " "))));
            }
            return 0;
        } catch (IOException e) {
            throw new UserError("cannot read: " + e.getMessage(), e);
        }
    }

    private static GuardRecipe recipe(
            Path base, GuardTaxonomy taxonomy, @Nullable Path sources, long seed, @Nullable Integer epochs)
            throws IOException {
        if (!Files.exists(base)) {
            throw new UserError("--base " + base + " is not there: give a .gguf file or a model's folder");
        }
        try {
            GuardSettings settings = GuardSettings.recipe(taxonomy, seed);
            return new GuardRecipe(base, taxonomy, sources, epochs == null ? settings : settings.withEpochs(epochs));
        } catch (IllegalArgumentException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }

    private record Course(Console console) implements TrainingListener {
        @Override
        public void progressed(TrainingProgress progress) {
            console.line(String.format(
                    Locale.ROOT,
                    "step %d of %d  loss %.4f  %.0f tokens/s",
                    progress.step(),
                    progress.steps(),
                    progress.loss(),
                    progress.tokensPerSecond()));
        }
    }
}
