package dev.paddock.benchmarks.serving;

import dev.paddock.benchmarks.Bench;
import dev.paddock.benchmarks.Benchmark;
import dev.paddock.benchmarks.Figure;
import dev.paddock.benchmarks.RandomTokens;
import dev.paddock.benchmarks.TemporaryFolder;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.inference.Cancellable;
import dev.paddock.llama.inference.Generator;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Adapters that come from their files while an answer is made, and what the answer notices of it. */
@CatalogueEntry(
        id = "adapter-load",
        family = "serving",
        summary = "Time to load an adapter while an answer runs, and the answer's longest wait for a token meanwhile.",
        paper = "S-LoRA: Serving Thousands of Concurrent LoRA Adapters")
public final class AdapterLoad implements Benchmark<AdapterLoad.Params> {
    /** Sizes. */
    public record Params(
            @Parameter(value = "8", description = "Rank of the adapters, on all seven projections") @Min(1) @Max(256) int rank,

            @Parameter(value = "20", description = "Adapters loaded, one after the other") @Min(1) @Max(1000) int loads,

            @Parameter(
                    value = "64",
                    description = "Tokens of the answer before the loads, from which its step is known")
            @Min(2) @Max(1024) int tokens,

            @Parameter(value = "true", description = "Weights of few bits are held once")
            boolean compact) {}

    @Override
    public List<Figure> run(Params params, Bench bench) {
        try (TemporaryFolder folders = new TemporaryFolder();
                WeightSource base = ModelFiles.open(bench.model());
                Generator generator = Generators.of(base, bench.model(), bench, params.compact(), 1)) {
            RandomAdapters adapters = new RandomAdapters(base.config(), params.rank());
            Path folder = adapters.folder(1, folders.path());
            int[] prompt = new RandomTokens(base.config(), 1).rows(1, 8)[0];
            TokenTimes times = new TokenTimes();
            Cancellable answer =
                    generator.submit(Generators.endless(prompt, base.config().contextLength()), times);
            try {
                load(generator, folder);
                return figures(
                        times.next(params.tokens()), loads(generator, folder, params.loads(), times), times.all(1));
            } finally {
                answer.cancel();
            }
        }
    }

    private static List<Double> loads(Generator generator, Path folder, int count, TokenTimes times) {
        times.next(1);
        List<Double> loads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            loads.add(load(generator, folder));
        }
        return loads;
    }

    /** Milliseconds from the file to where the next step can use it; then the adapter leaves. */
    private static double load(Generator generator, Path folder) {
        long begin = System.nanoTime();
        generator.adapters().install("loaded", PeftAdapter.read(folder, generator.adapters()::prepare));
        double milliseconds = (System.nanoTime() - begin) / 1e6;
        generator.unloadAdapter("loaded");
        return milliseconds;
    }

    private static List<Figure> figures(List<Double> before, List<Double> loads, List<Double> meanwhile) {
        return List.of(
                Figure.once("adapter-load", median(loads), "ms", null),
                Figure.once("adapter-load-longest", Collections.max(loads), "ms", null),
                Figure.once("token-without-loads", median(before), "ms", null),
                Figure.once("token-longest-without-loads", Collections.max(before), "ms", null),
                Figure.once("token-with-loads", median(meanwhile), "ms", null),
                Figure.once("token-longest-with-loads", Collections.max(meanwhile), "ms", null));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
