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
import dev.paddock.llama.export.GgufType;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.hybrid.ExecutorOptions;
import dev.paddock.llama.inference.hybrid.Executors;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Map;

/** One prompt into an empty cache, with the last position's logits. */
@CatalogueEntry(
        id = "prefill",
        family = "serving",
        summary =
                "Reading one prompt into the cache beside transformers or llama.cpp: tokens a second and peak memory.",
        paper = "Efficiently Scaling Transformer Inference")
public final class Prefill implements Benchmark<Prefill.Params> {
    /** Sizes. */
    public record Params(
            @Parameter(value = "512", description = "Tokens of the prompt") @Min(1) @Max(8192) int prompt,

            @Parameter(value = "3", description = "Prompts of a round") @Min(1) @Max(1000) int prompts,

            @Parameter(value = "true", description = "Weights of few bits are held once")
            boolean compact,

            @Parameter(value = "TRANSFORMERS", description = "The other side")
            Peer peer,

            @Parameter(value = "AS_STORED", description = "Type of the file that both sides read")
            GgufType type) {}

    /** Who reads the prompt on the other side. */
    public enum Peer {
        /** In the bench's precision. */
        TRANSFORMERS("generation.py"),
        /** In the file's own type. */
        LLAMA_CPP("llamacpp.py");

        private final String script;

        Peer(String script) {
            this.script = script;
        }
    }

    @Override
    public List<Figure> run(Params params, Bench bench) {
        try (ServedFile file = new ServedFile(bench.model(), params.type());
                WeightSource base = ModelFiles.open(file.path())) {
            int[] prompt = new RandomTokens(base.config(), 1).rows(1, params.prompt())[0];
            Map<String, Object> task = Map.of(
                    "task", "prefill", "model", file.path().toString(), "prompt", prompt, "prompts", params.prompts());
            try (PeerProcess peer = bench.peer(params.peer().script, task);
                    Executor ours = Executors.of(
                            base,
                            new ExecutorOptions(bench.precision(), bench.threads(), true, params.compact(), false))) {
                Figure speed = PairedRounds.run(
                        "prefill", "tokens/s", bench, () -> round(ours, prompt, params.prompts()), peer);
                Figure memory = PairedRounds.peakMemory("prefill", peer);
                try (MachineLimits limits = new MachineLimits()) {
                    ModelWork work = new ModelWork(base.config(), bench.precision());
                    return List.of(speed.within(work.prefill(limits)), memory);
                }
            }
        }
    }

    private static double round(Executor executor, int[] prompt, int prompts) {
        long start = System.nanoTime();
        for (int i = 0; i < prompts; i++) {
            long sequence = executor.open(null, prompt.length);
            executor.run(List.of(new StepInput(sequence, prompt, true, null)));
            executor.release(sequence);
        }
        return (double) prompts * prompt.length / (System.nanoTime() - start) * 1e9;
    }
}
