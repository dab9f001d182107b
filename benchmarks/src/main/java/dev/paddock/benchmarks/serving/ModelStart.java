package dev.paddock.benchmarks.serving;

import dev.paddock.benchmarks.Bench;
import dev.paddock.benchmarks.Benchmark;
import dev.paddock.benchmarks.Figure;
import dev.paddock.benchmarks.RandomTokens;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.export.GgufType;
import dev.paddock.llama.inference.Generator;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A model from its mapped file to the first token of an answer. */
@CatalogueEntry(
        id = "model-start",
        family = "serving",
        summary = "Seconds from opening a model's file to the first token of an answer to a prompt of 16 tokens.",
        paper = "LLaMA: Open and Efficient Foundation Language Models")
public final class ModelStart implements Benchmark<ModelStart.Params> {
    private static final int PROMPT = 16;

    /** The file, and how often. */
    public record Params(
            @Parameter(value = "AS_STORED", description = "Type of the file")
            GgufType type,

            @Parameter(value = "5", description = "Starts after the first one of the process") @Min(1) @Max(100) int starts) {}

    @Override
    public List<Figure> run(Params params, Bench bench) {
        try (ServedFile file = new ServedFile(bench.model(), params.type())) {
            double first = start(file.path(), bench);
            List<Double> seconds = new ArrayList<>();
            for (int i = 0; i < params.starts(); i++) {
                seconds.add(start(file.path(), bench));
            }
            double median = seconds.stream().sorted().toList().get(seconds.size() / 2);
            return List.of(
                    Figure.once("model-start-first", first, "s", null), Figure.once("model-start", median, "s", null));
        }
    }

    private static double start(Path file, Bench bench) {
        long begin = System.nanoTime();
        try (WeightSource base = ModelFiles.open(file);
                Generator generator = Generators.of(base, file, bench, true, 1)) {
            Generators.prompt(generator, new RandomTokens(base.config(), 1).rows(1, PROMPT)[0]);
            return (System.nanoTime() - begin) / 1e9;
        }
    }
}
