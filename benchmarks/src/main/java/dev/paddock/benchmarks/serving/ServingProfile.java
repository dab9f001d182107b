package dev.paddock.benchmarks.serving;

import dev.paddock.benchmarks.Bench;
import dev.paddock.benchmarks.Benchmark;
import dev.paddock.benchmarks.Figure;
import dev.paddock.benchmarks.RandomTokens;
import dev.paddock.benchmarks.TemporaryFolder;
import dev.paddock.benchmarks.profile.OperatorTimes;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.torch.OperatorProfile;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where libtorch's time goes when prompts are read, or the next tokens of several sequences computed. */
@CatalogueEntry(
        id = "serving-profile",
        family = "serving",
        summary =
                "Share of libtorch's time by operator, in reading prompts or in next tokens, the most expensive first.",
        paper = "Efficiently Scaling Transformer Inference")
public final class ServingProfile implements Benchmark<ServingProfile.Params> {
    /** Sizes. */
    public record Params(
            @Parameter(
                    value = "0",
                    description = "Sequences whose next tokens are computed; 0 for the reading of a prompt")
            @Min(0) @Max(256) int streams,

            @Parameter(value = "512", description = "Tokens of a prompt") @Min(1) @Max(8192) int prompt,

            @Parameter(value = "10", description = "Passes whose time is taken") @Min(1) @Max(1000) int passes) {}

    @Override
    public List<Figure> run(Params params, Bench bench) {
        try (TemporaryFolder folder = new TemporaryFolder();
                WeightSource base = ModelFiles.open(bench.model());
                LibtorchExecutor executor = new LibtorchExecutor(base, bench.precision())) {
            Path trace = folder.path().resolve("trace.json");
            int[][] prompts = new RandomTokens(base.config(), 1).rows(Math.max(1, params.streams()), params.prompt());
            if (params.streams() == 0) {
                prompt(executor, prompts[0], params.passes(), trace);
            } else {
                next(executor, prompts, params.passes(), trace);
            }
            return OperatorTimes.read(trace).figures();
        }
    }

    private static void prompt(LibtorchExecutor executor, int[] prompt, int passes, Path trace) {
        for (int pass = 0; pass <= passes; pass++) {
            if (pass == 1) {
                OperatorProfile.start();
            }
            long sequence = executor.open(null, prompt.length);
            executor.run(List.of(new StepInput(sequence, prompt, true, null)));
            executor.release(sequence);
        }
        OperatorProfile.stop(trace);
    }

    private static void next(LibtorchExecutor executor, int[][] prompts, int passes, Path trace) {
        List<StepInput> next = new ArrayList<>();
        for (int[] prompt : prompts) {
            long sequence = executor.open(null, prompt.length + passes + 1);
            executor.run(List.of(new StepInput(sequence, prompt, false, null)));
            next.add(new StepInput(sequence, new int[] {1}, true, null));
        }
        executor.run(next);
        OperatorProfile.start();
        for (int pass = 0; pass < passes; pass++) {
            executor.run(next);
        }
        OperatorProfile.stop(trace);
    }
}
