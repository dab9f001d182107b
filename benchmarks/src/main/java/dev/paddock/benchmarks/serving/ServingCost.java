package dev.paddock.benchmarks.serving;

import dev.paddock.benchmarks.Bench;
import dev.paddock.benchmarks.Benchmark;
import dev.paddock.benchmarks.Figure;
import dev.paddock.benchmarks.PairedRounds;
import dev.paddock.benchmarks.RandomTokens;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.inference.Generator;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** How serving's speed depends on the length of prompts, the answers made together, their adapters and the adapters' ranks, and on gates over adapters. */
@CatalogueEntry(
        id = "serving-cost",
        family = "serving",
        summary =
                "Tokens a second over the length of prompts, the answers made together, adapters, gates over adapters, and ranks; plot.py draws it.",
        paper = "S-LoRA: Serving Thousands of Concurrent LoRA Adapters")
public final class ServingCost implements Benchmark<ServingCost.Params> {
    private static final int MOST_STREAMS = 32;
    private static final int ADAPTER_STREAMS = 16;
    private static final int RANKED_ADAPTERS = 8;
    private static final int[] LENGTHS = {32, 64, 128, 256, 512, 1024, 2048};
    private static final int[] STREAMS = {1, 2, 3, 4, 6, 8, 12, 16, 24, MOST_STREAMS};
    private static final int[] ADAPTERS = {0, 1, 2, 4, 8, ADAPTER_STREAMS};
    private static final int[] ROUTED = {2, 4, 8, 16};
    private static final int[] RANKS = {2, 4, 8, 16, 32, 64};

    /** Sizes. */
    public record Params(
            @Parameter(value = "64", description = "Tokens of a prompt where its length is not what changes")
            @Min(1) @Max(4096) int prompt,

            @Parameter(value = "32", description = "Tokens of an answer whose time is taken") @Min(1) @Max(4096) int tokens,

            @Parameter(value = "8", description = "Rank of the adapters where it is not what changes") @Min(1) @Max(256) int rank,

            @Parameter(value = "true", description = "Weights of few bits are held once")
            boolean compact) {}

    @Override
    public List<Figure> run(Params params, Bench bench) {
        try (WeightSource base = ModelFiles.open(bench.model());
                Generator generator = Generators.of(base, bench.model(), bench, params.compact(), MOST_STREAMS)) {
            Rounds rounds = new Rounds(params, bench, base, generator);
            List<Figure> figures = new ArrayList<>();
            for (int length : LENGTHS) {
                figures.add(rounds.prompts("prompt-" + length, length));
                figures.add(rounds.answers("context-" + length, 1, length, 0));
            }
            for (int streams : STREAMS) {
                figures.add(rounds.answers("streams-" + streams, streams, params.prompt(), 0));
            }
            for (int adapters : ADAPTERS) {
                figures.add(rounds.adapted("adapters-" + adapters, adapters, params.rank()));
            }
            for (int routed : ROUTED) {
                figures.add(rounds.routed("routed-" + routed, routed));
            }
            for (int rank : RANKS) {
                figures.add(rounds.adapted("rank-" + rank, RANKED_ADAPTERS, rank));
            }
            return figures;
        }
    }

    private record Rounds(Params params, Bench bench, WeightSource base, Generator generator) {
        Figure adapted(String name, int adapters, int rank) {
            RandomAdapters random = new RandomAdapters(base.config(), rank);
            return with(IntStream.range(0, adapters).mapToObj(random::adapter).toList(), name);
        }

        /** Answers of one adapter that is some under gates. */
        Figure routed(String name, int adapters) {
            return with(List.of(new RandomAdapters(base.config(), params.rank()).routed(1, adapters)), name);
        }

        private Figure with(List<LoraAdapter> adapters, String name) {
            for (int i = 0; i < adapters.size(); i++) {
                generator.loadAdapter("adapter-" + i, adapters.get(i));
            }
            try {
                return answers(name, ADAPTER_STREAMS, params.prompt(), adapters.size());
            } finally {
                IntStream.range(0, adapters.size()).forEach(i -> generator.unloadAdapter("adapter-" + i));
            }
        }

        Figure prompts(String name, int length) {
            AtomicLong seed = new AtomicLong();
            return PairedRounds.run(
                    name,
                    "tokens/s",
                    bench,
                    () -> Generators.prompt(
                            generator, new RandomTokens(base.config(), seed.incrementAndGet()).rows(1, length)[0]),
                    null);
        }

        Figure answers(String name, int streams, int prompt, int adapters) {
            int[][] prompts = new RandomTokens(base.config(), 1).rows(streams, prompt);
            return PairedRounds.run(
                    name,
                    "tokens/s",
                    bench,
                    () -> Generators.round(generator, prompts, adapters, params.tokens()),
                    null);
        }
    }
}
