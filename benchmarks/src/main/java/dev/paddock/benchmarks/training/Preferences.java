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
import dev.paddock.llama.training.LearningRate;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.PreferenceExample;
import dev.paddock.llama.training.TrainingExample;
import dev.paddock.llama.training.TrainingRun;
import dev.paddock.llama.training.TrainingSettings;
import dev.paddock.llama.training.objective.Dpo;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** DPO with LoRA on pairs of answers; the reference's log-probabilities are known on both sides before the rounds begin. */
@CatalogueEntry(
        id = "preferences",
        family = "training",
        summary = "DPO with LoRA beside TRL: tokens a second of both answers with their prompts, and peak memory.",
        paper = "Direct Preference Optimization: Your Language Model is Secretly a Reward Model")
public final class Preferences implements Benchmark<Preferences.Params> {
    private static final double LEARNING_RATE = 1e-4;
    private static final double BETA = 0.1;

    /** Sizes of a step and of a round. */
    public record Params(
            @Parameter(value = "4", description = "Pairs of a batch") @Min(1) @Max(256) int pairs,

            @Parameter(value = "64", description = "Tokens of a prompt") @Min(2) @Max(4096) int prompt,

            @Parameter(value = "64", description = "Tokens of an answer") @Min(2) @Max(4096) int answer,

            @Parameter(value = "8", description = "Rank of the adapters; alpha is twice the rank") @Min(1) @Max(512) int rank,

            @Parameter(value = "3", description = "Optimizer steps of a round") @Min(1) @Max(1000) int steps) {}

    @Override
    public List<Figure> run(Params params, Bench bench) {
        try (WeightSource base = ModelFiles.open(bench.model())) {
            int length = params.prompt() + params.answer();
            int[][] rows = new RandomTokens(base.config(), 1).rows(2 * params.pairs(), length);
            for (int pair = 0; pair < params.pairs(); pair++) {
                System.arraycopy(rows[2 * pair], 0, rows[2 * pair + 1], 0, params.prompt());
            }
            Map<String, Object> task = Map.of(
                    "rows",
                    rows,
                    "prompt",
                    params.prompt(),
                    "rank",
                    params.rank(),
                    "steps",
                    params.steps(),
                    "beta",
                    BETA,
                    "learningRate",
                    LEARNING_RATE);
            try (PeerProcess peer = bench.peer("preferences.py", task);
                    SteppedTraining ours =
                            new SteppedTraining(training(base, rows, params, bench), Path.of("unused"))) {
                double tokens = (double) rows.length * length * params.steps();
                Figure speed = PairedRounds.run(
                        "preferences", "tokens/s", bench, () -> tokens / ours.steps(params.steps()), peer);
                Figure memory = PairedRounds.peakMemory("preferences", peer);
                try (MachineLimits limits = new MachineLimits()) {
                    ModelWork work = new ModelWork(base.config(), bench.precision());
                    return List.of(speed.within(work.training(limits)), memory);
                }
            }
        }
    }

    private static TrainingRun training(WeightSource base, int[][] rows, Params params, Bench bench) {
        List<PreferenceExample> pairs = IntStream.range(0, params.pairs())
                .mapToObj(pair -> new PreferenceExample(
                        TrainingExample.answer(rows[2 * pair], params.prompt()),
                        TrainingExample.answer(rows[2 * pair + 1], params.prompt()),
                        true))
                .toList();
        TrainingSettings settings = new TrainingSettings(
                params.steps() * (bench.pairs() + 1) + 1,
                params.pairs(),
                2 * (params.prompt() + params.answer()),
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
                Trained.LORA.adaptation(params.rank()),
                settings,
                new Lessons.Comparisons(pairs, new Dpo(BETA, 0)),
                new TrainingRun.CheckpointPolicy(Path.of("unused"), 0, Optional.empty()));
    }
}
