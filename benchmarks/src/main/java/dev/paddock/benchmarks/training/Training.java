package dev.paddock.benchmarks.training;

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
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.Adaptation;
import dev.paddock.llama.training.LearningRate;
import dev.paddock.llama.training.TrainingExample;
import dev.paddock.llama.training.TrainingRun;
import dev.paddock.llama.training.TrainingSettings;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** LoRA on all seven projections, or every weight, with AdamW and gradient clipping, the loss on every token. */
@CatalogueEntry(
        id = "training",
        family = "training",
        summary = "LoRA, QLoRA or full fine-tuning beside PEFT: tokens a second and peak memory.",
        paper = "LoRA: Low-Rank Adaptation of Large Language Models")
public final class Training implements Benchmark<Training.Params> {
    private static final double LEARNING_RATE = 1e-4;

    /** Sizes of a step and of a round. */
    public record Params(
            @Parameter(value = "4", description = "Rows of a batch") @Min(1) @Max(1024) int rows,

            @Parameter(value = "128", description = "Tokens of a row") @Min(2) @Max(8192) int length,

            @Parameter(value = "8", description = "Rank of the adapters; alpha is twice the rank") @Min(1) @Max(512) int rank,

            @Parameter(value = "3", description = "Optimizer steps of a round") @Min(1) @Max(1000) int steps,

            @Parameter(value = "lora", description = "What is trained; qlora has PEFT's LoRA as its peer")
            Trained trained) {}

    @Override
    public List<Figure> run(Params params, Bench bench) {
        try (WeightSource base = ModelFiles.open(bench.model())) {
            int[][] rows = new RandomTokens(base.config(), 1).rows(params.rows(), params.length());
            Map<String, Object> task = Map.of(
                    "rows",
                    rows,
                    "rank",
                    params.rank(),
                    "steps",
                    params.steps(),
                    "learningRate",
                    LEARNING_RATE,
                    "full",
                    params.trained() == Trained.FULL);
            int steps = params.steps() * (bench.pairs() + 1) + 1;
            try (PeerProcess peer = bench.peer("training.py", task);
                    SteppedTraining ours = new SteppedTraining(
                            run(base, rows, params.trained().adaptation(params.rank()), bench, steps),
                            Path.of("unused"))) {
                double tokens = (double) params.rows() * params.length() * params.steps();
                Figure speed = PairedRounds.run(
                        "training", "tokens/s", bench, () -> tokens / ours.steps(params.steps()), peer);
                Figure memory = PairedRounds.peakMemory("training", peer);
                try (MachineLimits limits = new MachineLimits()) {
                    ModelWork work = new ModelWork(base.config(), bench.precision());
                    return List.of(
                            speed.within(
                                    params.trained() == Trained.FULL
                                            ? work.fullTraining(limits)
                                            : work.training(limits)),
                            memory);
                }
            }
        }
    }

    /** A run over the same rows in every step. */
    static TrainingRun run(WeightSource base, int[][] rows, Adaptation adaptation, Bench bench, int steps) {
        TrainingSettings settings = new TrainingSettings(
                steps,
                rows.length,
                rows[0].length,
                true,
                1,
                new LearningRate(LEARNING_RATE, 0, 0),
                AdamW.DEFAULT,
                1,
                1,
                bench.precision() == Precision.BF16 ? ScalarType.BFLOAT16 : ScalarType.FLOAT32);
        return new TrainingRun(
                base,
                "benchmark",
                adaptation,
                settings,
                Arrays.stream(rows).map(TrainingExample::text).toList(),
                new TrainingRun.CheckpointPolicy(Path.of("unused"), 0, Optional.empty()));
    }
}
