package dev.paddock.benchmarks.training;

import dev.paddock.benchmarks.Bench;
import dev.paddock.benchmarks.Benchmark;
import dev.paddock.benchmarks.Figure;
import dev.paddock.benchmarks.RandomTokens;
import dev.paddock.benchmarks.profile.OperatorTimes;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.torch.OperatorProfile;
import dev.paddock.llama.training.TrainingListener;
import dev.paddock.llama.training.TrainingProgress;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where a training step's time goes, by libtorch's own profiler. */
@CatalogueEntry(
        id = "training-profile",
        family = "training",
        summary = "Share of a training step's time by operator, the most expensive first.",
        paper = "LoRA: Low-Rank Adaptation of Large Language Models")
public final class TrainingProfile implements Benchmark<TrainingProfile.Params> {
    /** Sizes. */
    public record Params(
            @Parameter(value = "4", description = "Rows of a batch") @Min(1) @Max(1024) int rows,

            @Parameter(value = "128", description = "Tokens of a row") @Min(2) @Max(8192) int length,

            @Parameter(value = "8", description = "Rank of the adapters; alpha is twice the rank") @Min(1) @Max(512) int rank,

            @Parameter(value = "3", description = "Steps before those whose time is taken") @Min(1) @Max(1000) int warmUp,

            @Parameter(value = "5", description = "Optimizer steps whose time is taken") @Min(1) @Max(1000) int steps,

            @Parameter(value = "lora", description = "What is trained")
            Trained trained) {}

    /** Takes the profile of the steps after the first ones. */
    private record Profiled(Params params, Path trace) implements TrainingListener {
        @Override
        public void progressed(TrainingProgress progress) {
            if (progress.step() == params.warmUp()) {
                OperatorProfile.start();
            } else if (progress.step() == params.warmUp() + params.steps()) {
                OperatorProfile.stop(trace);
            }
        }
    }

    @Override
    public List<Figure> run(Params params, Bench bench) {
        try (WeightSource base = ModelFiles.open(bench.model())) {
            Path folder = Files.createTempDirectory("training-profile");
            Path trace = folder.resolve("trace.json");
            int[][] rows = new RandomTokens(base.config(), 1).rows(params.rows(), params.length());
            int steps = params.warmUp() + params.steps();
            Training.run(base, rows, params.trained().adaptation(params.rank()), bench, steps)
                    .run(folder.resolve("result"), new Profiled(params, trace), () -> false);
            return OperatorTimes.read(trace).figures();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
