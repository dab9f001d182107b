package dev.paddock.benchmarks.serving;

import dev.paddock.benchmarks.Bench;
import dev.paddock.benchmarks.Benchmark;
import dev.paddock.benchmarks.Figure;
import dev.paddock.benchmarks.PairedRounds;
import dev.paddock.benchmarks.RandomTokens;
import dev.paddock.benchmarks.machine.MachineLimits;
import dev.paddock.benchmarks.machine.ModelWork;
import dev.paddock.benchmarks.peer.PeerProcess;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.inference.Generator;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Map;

/** One greedy answer at a time, through the same generator that the worker serves with. */
@CatalogueEntry(
        id = "decode",
        family = "serving",
        summary = "One greedy answer beside transformers: tokens a second after the first, and peak memory.",
        paper = "Efficiently Scaling Transformer Inference")
public final class Decode implements Benchmark<Decode.Params> {
    /** Sizes. */
    public record Params(
            @Parameter(value = "64", description = "Tokens of the prompt") @Min(1) @Max(4096) int prompt,

            @Parameter(value = "128", description = "Tokens of the answer whose time is taken") @Min(1) @Max(4096) int tokens,

            @Parameter(value = "true", description = "Weights of few bits are held once")
            boolean compact) {}

    @Override
    public List<Figure> run(Params params, Bench bench) {
        try (WeightSource base = ModelFiles.open(bench.model())) {
            int[] prompt = new RandomTokens(base.config(), 1).rows(1, params.prompt())[0];
            Map<String, Object> task = Map.of("task", "decode", "prompt", prompt, "tokens", params.tokens());
            try (PeerProcess peer = bench.peer("generation.py", task);
                    Generator ours = Generators.of(base, bench.model(), bench, params.compact(), 1)) {
                Figure speed = PairedRounds.run(
                        "decode",
                        "tokens/s",
                        bench,
                        () -> Generators.round(ours, new int[][] {prompt}, 0, params.tokens()),
                        peer);
                Figure memory = PairedRounds.peakMemory("decode", peer);
                try (MachineLimits limits = new MachineLimits()) {
                    ModelWork work = new ModelWork(base.config(), bench.precision());
                    return List.of(speed.within(work.decode(limits)), memory);
                }
            }
        }
    }
}
