package dev.paddock.benchmarks.estimate;

import dev.paddock.benchmarks.Bench;
import dev.paddock.benchmarks.Benchmark;
import dev.paddock.benchmarks.Figure;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.torch.FreshProcess;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.PlannedWork;
import dev.paddock.llama.training.TrainingSettings;
import dev.paddock.llama.training.estimate.Calibration;
import dev.paddock.llama.training.estimate.CalibrationProcess;
import dev.paddock.llama.training.estimate.Estimate;
import dev.paddock.llama.training.estimate.Estimator;
import dev.paddock.llama.training.estimate.TimedRun;
import dev.paddock.llama.training.estimate.Workload;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;

/** Calibrates, estimates each combination, then trains it for some steps in a JVM of its own. */
@CatalogueEntry(
        id = "estimate",
        family = "training",
        summary = "Memory and time of a run as estimated before it and as measured, over methods, lengths and batches.",
        paper = "Fine Tuning LLM for Enterprise: Practical Guidelines and Recommendations")
public final class Estimates implements Benchmark<Estimates.Params> {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** How many. */
    public record Params(
            @Parameter(value = "24", description = "Combinations that are measured, the first ones of the list")
            @Min(1) @Max(100) int combinations) {}

    @Override
    public List<Figure> run(Params params, Bench bench) {
        bench.progress().at("calibrating", 0, 0);
        Calibration calibration = CalibrationProcess.run(
                "this machine", bench.threads(), List.of(ScalarType.BFLOAT16, ScalarType.FLOAT32));
        List<Combination> chosen =
                Combinations.ALL.stream().limit(params.combinations()).toList();
        List<Comparison> comparisons = new ArrayList<>();
        try (WeightSource base = ModelFiles.open(bench.model())) {
            for (Combination combination : chosen) {
                bench.progress().at(combination.name(), comparisons.size() + 1, chosen.size());
                comparisons.add(new Comparison(
                        combination, estimate(base, combination, calibration), measure(combination, bench)));
            }
        }
        List<Figure> figures = new ArrayList<>();
        comparisons.forEach(comparison -> figures.addAll(comparison.figures()));
        figures.add(worst("estimate-worst-memory-error", comparisons, Comparison::memoryError));
        figures.add(worst("estimate-worst-time-error", comparisons, Comparison::timeError));
        return figures;
    }

    private static Estimate estimate(WeightSource base, Combination combination, Calibration calibration) {
        Lessons lessons = combination.lessons(base.config());
        TrainingSettings settings = combination.settings(lessons);
        Workload work = Workload.of(base, lessons.adaptation(combination.adaptation()), settings);
        return new Estimator(calibration).estimate(work, PlannedWork.of(lessons, settings));
    }

    private static TimedRun measure(Combination combination, Bench bench) {
        MeasurementMain.Order order = new MeasurementMain.Order(bench.model().toString(), bench.threads(), combination);
        return JSON.readValue(FreshProcess.run(MeasurementMain.class, JSON.writeValueAsString(order)), TimedRun.class);
    }

    private static Figure worst(String name, List<Comparison> comparisons, ToDoubleFunction<Comparison> error) {
        double worst = comparisons.stream()
                .mapToDouble(comparison -> Math.abs(error.applyAsDouble(comparison)))
                .max()
                .orElse(0);
        return Figure.once(name, 100 * worst, "%", null);
    }
}
