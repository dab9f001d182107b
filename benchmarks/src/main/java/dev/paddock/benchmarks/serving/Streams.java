package dev.paddock.benchmarks.serving;

import dev.paddock.benchmarks.Bench;
import dev.paddock.benchmarks.Benchmark;
import dev.paddock.benchmarks.Figure;
import dev.paddock.benchmarks.PairedRounds;
import dev.paddock.benchmarks.RandomTokens;
import dev.paddock.benchmarks.TemporaryFolder;
import dev.paddock.benchmarks.peer.PeerProcess;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.export.GgufType;
import dev.paddock.llama.inference.Generator;
import dev.paddock.llama.inference.hybrid.BatchPrecision;
import dev.paddock.llama.inference.hybrid.ExecutorOptions;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Several greedy answers together, beside llama.cpp with the same file, sequences and adapters. */
@CatalogueEntry(
        id = "streams",
        family = "serving",
        summary =
                "Answers made together beside llama.cpp, of one model or over several adapters: tokens a second and peak memory.",
        paper = "S-LoRA: Serving Thousands of Concurrent LoRA Adapters")
public final class Streams implements Benchmark<Streams.Params> {
    private static final int RANK = 8;

    /** Sizes. */
    public record Params(
            @Parameter(value = "16", description = "Answers made together") @Min(1) @Max(64) int streams,

            @Parameter(value = "0", description = "Adapters, LoRA r = 8, of which each answer has one; 0 for none")
            @Min(0) @Max(64) int adapters,

            @Parameter(value = "64", description = "Tokens of a prompt") @Min(1) @Max(4096) int prompt,

            @Parameter(value = "64", description = "Tokens of an answer whose time is taken") @Min(1) @Max(4096) int tokens,

            @Parameter(value = "AS_STORED", description = "Type of the file that both sides read")
            GgufType type,

            @Parameter(value = "true", description = "Weights of few bits are held once")
            boolean compact,

            @Parameter(value = "EXACT", description = "Numbers in which products of several rows are computed")
            BatchPrecision batchPrecision) {
        private ExecutorOptions options(Bench bench) {
            return new ExecutorOptions(bench.precision(), bench.threads(), true, compact, false, batchPrecision);
        }
    }

    @Override
    public List<Figure> run(Params params, Bench bench) {
        try (TemporaryFolder folder = new TemporaryFolder();
                ServedFile file = new ServedFile(bench.model(), params.type());
                WeightSource base = ModelFiles.open(file.path())) {
            RandomAdapters adapters = new RandomAdapters(base.config(), RANK);
            int[][] prompts = new RandomTokens(base.config(), 1).rows(params.streams(), params.prompt());
            Map<String, Object> task = Map.of(
                    "task", "streams",
                    "model", file.path().toString(),
                    "prompts", prompts,
                    "tokens", params.tokens(),
                    "adapters",
                            IntStream.range(0, params.adapters())
                                    .mapToObj(seed -> adapters.file(seed, file.path(), folder.path())
                                            .toString())
                                    .toList());
            try (PeerProcess peer = bench.peer("llamacpp.py", task);
                    Generator ours = Generators.of(
                            base, file.path(), params.options(bench), Generators.limits(base, params.streams()))) {
                IntStream.range(0, params.adapters())
                        .forEach(seed -> ours.loadAdapter("adapter-" + seed, adapters.adapter(seed)));
                Figure speed = PairedRounds.run(
                        "streams",
                        "tokens/s",
                        bench,
                        () -> Generators.round(ours, prompts, params.adapters(), params.tokens()),
                        peer);
                return List.of(speed, PairedRounds.peakMemory("streams", peer));
            }
        }
    }
}
