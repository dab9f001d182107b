package dev.paddock.benchmarks.quantization;

import dev.paddock.benchmarks.Bench;
import dev.paddock.benchmarks.Benchmark;
import dev.paddock.benchmarks.Figure;
import dev.paddock.benchmarks.TemporaryFolder;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.quantization.Nf4Folder;
import dev.paddock.llama.quantization.posttraining.AwqMethod;
import dev.paddock.llama.quantization.posttraining.BlockMethod;
import dev.paddock.llama.quantization.posttraining.CalibrationTexts;
import dev.paddock.llama.quantization.posttraining.GptqMethod;
import dev.paddock.llama.quantization.posttraining.Grid;
import dev.paddock.llama.quantization.posttraining.NearestMethod;
import dev.paddock.llama.quantization.posttraining.Perplexity;
import dev.paddock.llama.quantization.posttraining.QuantizedModel;
import dev.paddock.llama.quantization.posttraining.SmoothQuantMethod;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bytes and perplexity of the model by method and bits, on texts of the caller's; without texts nothing is measured. */
@CatalogueEntry(
        id = "quantization",
        family = "quality",
        summary = "Bytes and perplexity of the model by quantization method and bits, on rows that the order names.",
        paper = "An Empirical Study of LLaMA3 Quantization: From LLMs to MLLMs")
public final class FewBits implements Benchmark<FewBits.Params> {
    private static final String NONE = "none";

    /** Texts and sizes. */
    public record Params(
            @Parameter(
                    value = NONE,
                    description = "File of JSON Lines with text or messages; nothing is measured for none")
            String rows,

            @Parameter(
                    value = "128",
                    description = "Weights that share a scale, as the papers have it; a base in groups of 32 would lose"
                            + " nothing by rounding to its own grid")
            @Min(32) @Max(1024) int groupSize,

            @Parameter(value = "512", description = "Tokens of a sequence") @Min(8) @Max(8192) int sequenceLength,

            @Parameter(value = "32", description = "Most sequences to calibrate with") @Min(1) @Max(1024) int calibrationSequences,

            @Parameter(value = "8", description = "Most sequences to measure on") @Min(1) @Max(1024) int evaluationSequences) {}

    @Override
    public List<Figure> run(Params params, Bench bench) {
        if (params.rows().equals(NONE)) {
            return List.of();
        }
        List<Figure> figures = new ArrayList<>();
        CalibrationTexts texts = texts(params, bench.model());
        Map<String, BlockMethod> methods = methods(params.groupSize());
        try (WeightSource model = ModelFiles.open(bench.model())) {
            measure(figures, "before", model, texts);
            int done = 0;
            for (Map.Entry<String, BlockMethod> method : methods.entrySet()) {
                bench.progress().at(method.getKey(), done++, methods.size());
                quantized(figures, method.getKey(), texts, folder -> QuantizedModel.of(
                                model, method.getValue(), texts.calibration(), () -> {})
                        .write(bench.model(), folder.resolve("model.gguf")));
            }
            quantized(figures, "nf4", texts, folder -> Nf4Folder.write(model, bench.model(), folder, () -> {}));
        }
        return figures;
    }

    private static Map<String, BlockMethod> methods(int groupSize) {
        Map<String, BlockMethod> methods = new LinkedHashMap<>();
        for (int bits : new int[] {8, 4, 3, 2}) {
            Grid grid = new Grid(bits, groupSize);
            methods.put("rtn-" + bits, new NearestMethod(grid));
            methods.put("gptq-" + bits, new GptqMethod(grid, 0.01, true));
            methods.put("awq-" + bits, new AwqMethod(grid, 20));
        }
        methods.put("smoothquant-8", new SmoothQuantMethod(new Grid(8, 0), 0.5));
        return methods;
    }

    private static CalibrationTexts texts(Params params, Path model) {
        try (Tokenizer tokenizer = Tokenizers.of(model)) {
            return CalibrationTexts.read(
                    Path.of(params.rows()),
                    tokenizer,
                    Clock.systemUTC(),
                    params.sequenceLength(),
                    params.calibrationSequences(),
                    params.evaluationSequences());
        }
    }

    /** Writes a model in few bits. */
    private interface Writing {
        void to(Path folder) throws IOException;
    }

    private static void quantized(List<Figure> figures, String name, CalibrationTexts texts, Writing model) {
        try (TemporaryFolder folder = new TemporaryFolder()) {
            model.to(folder.path());
            try (WeightSource written = ModelFiles.open(folder.path())) {
                measure(figures, name, written, texts);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void measure(List<Figure> figures, String name, WeightSource model, CalibrationTexts texts) {
        long bytes = model.names().stream().mapToLong(model::storedBytes).sum();
        double perplexity = Perplexity.of(model, texts.heldOut(), () -> {});
        figures.add(Figure.once("quantization-" + name + "-bytes", (double) bytes, "bytes", null));
        figures.add(Figure.once("quantization-" + name + "-perplexity", perplexity, "perplexity", null));
    }
}
