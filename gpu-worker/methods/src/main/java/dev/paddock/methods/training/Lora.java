package dev.paddock.methods.training;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.training.AdamW;
import dev.paddock.llama.training.Adaptation;
import dev.paddock.llama.training.ChatExamples;
import dev.paddock.llama.training.LearningRate;
import dev.paddock.llama.training.TrainingExample;
import dev.paddock.llama.training.TrainingListener;
import dev.paddock.llama.training.TrainingProgress;
import dev.paddock.llama.training.TrainingRun;
import dev.paddock.llama.training.TrainingSettings;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Low-rank adapters on the linear layers of every block, trained on the answer's tokens. */
@CatalogueEntry(
        id = "lora",
        family = "adapters",
        summary = "Trains low-rank updates of the linear layers while the base stays frozen.",
        paper = "LLM-Adapters: An Adapter Family for Parameter-Efficient Fine-Tuning of Large Language Models")
public final class Lora implements TrainingMethod<Lora.Params> {
    /** The terms and defaults of PEFT and Hugging Face's trainer; a schedule of linear warm-up, then cosine decay. */
    public record Params(
            @Parameter(value = "8", description = "Rank of the updates") @Min(1) @Max(512) int r,

            @Parameter(value = "16", description = "Scale of the updates: alpha / r, or alpha / sqrt(r) with rslora")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("4096") double alpha,

            @Parameter(value = "0", description = "Share of the adapters' inputs dropped while training")
            @DecimalMin("0") @DecimalMax("0.9") double dropout,

            @Parameter(
                    value = "[\"q_proj\",\"k_proj\",\"v_proj\",\"o_proj\",\"gate_proj\",\"up_proj\",\"down_proj\"]",
                    description = "Linear layers that get an update")
            @NotEmpty Set<TargetModule> targetModules,

            @Parameter(value = "false", description = "Rank-stabilised scale, alpha / sqrt(r)")
            boolean rslora,

            @Parameter(value = "0.0002", description = "Peak learning rate of AdamW")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double learningRate,

            @Parameter(value = "3", description = "Passes over the training rows") @Min(1) @Max(1000) int epochs,

            @Parameter(value = "4", description = "Packed sequences per forward pass") @Min(1) @Max(1024) int batchSize,

            @Parameter(value = "512", description = "Tokens per packed sequence; a longer row is cut")
            @Min(16) @Max(131072) int sequenceLength,

            @Parameter(value = "1", description = "Batches whose gradients are summed before an update")
            @Min(1) @Max(1024) int gradientAccumulation,

            @Parameter(value = "0.03", description = "Share of the updates with a rising learning rate")
            @DecimalMin("0") @DecimalMax("1") double warmupRatio,

            @Parameter(value = "0", description = "Decoupled weight decay of AdamW") @DecimalMin("0") @DecimalMax("1") double weightDecay,

            @Parameter(value = "1", description = "Norm to which gradients are clipped")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1000") double maxGradientNorm,

            @Parameter(
                    value = "auto",
                    description = "Numbers of the frozen base; auto: bf16 where the processor has it, else fp32")
            Precision precision,

            @Parameter(value = "50", description = "Updates between checkpoints; 0 for none before the end")
            @Min(0) @Max(1000000) int checkpointEvery) {
        public Params {
            targetModules = Collections.unmodifiableSet(new TreeSet<>(targetModules));
        }
    }

    @Override
    public String adapter() {
        return "lora";
    }

    @Override
    public String objective() {
        return "sft";
    }

    @Override
    public void train(Params params, TrainingInput input, TrainingObserver observer) {
        try (WeightSource base = ModelFiles.open(input.base());
                Tokenizer tokenizer = Tokenizers.of(input.base())) {
            int length = Math.min(params.sequenceLength(), base.config().contextLength());
            Clock ordered = Clock.fixed(input.orderedAt(), ZoneOffset.UTC);
            ChatExamples.Rows rows = new ChatExamples(tokenizer, ordered).read(input.rows(), length);
            List<TrainingExample> examples = rows.examples();
            observer.log(examples.size() + " rows; " + rows.shortened() + " lost the beginning of their prompt, "
                    + rows.leftOut() + " were left out because their answer alone is longer than " + length
                    + " tokens");
            TrainingSettings settings = settings(params, length, input.seed(), examples);
            TrainingRun run = new TrainingRun(
                    base,
                    input.baseDigest(),
                    new Adaptation.Lora(lora(params)),
                    settings,
                    examples,
                    checkpoints(params, input));
            run.run(input.output(), new Course(observer), () -> false);
        }
    }

    private static LoraSettings lora(Params params) {
        Set<Projection> targets = params.targetModules().stream()
                .map(module -> Projection.of(module.moduleName()))
                .collect(Collectors.toSet());
        return new LoraSettings(params.r(), params.alpha(), params.dropout(), targets, params.rslora());
    }

    private static TrainingRun.CheckpointPolicy checkpoints(Params params, TrainingInput input) {
        return new TrainingRun.CheckpointPolicy(
                input.checkpoints(), params.checkpointEvery(), Optional.ofNullable(input.resumeFrom()));
    }

    private static TrainingSettings settings(Params params, int length, long seed, List<TrainingExample> examples) {
        long tokens =
                examples.stream().mapToLong(example -> example.tokens().length).sum();
        double batch = (double) params.batchSize() * length * params.gradientAccumulation();
        int warmup = (int) Math.round(params.warmupRatio() * Math.ceil(tokens * (double) params.epochs() / batch));
        return new TrainingSettings(
                params.epochs(),
                params.batchSize(),
                length,
                true,
                params.gradientAccumulation(),
                new LearningRate(params.learningRate(), warmup, 0),
                new AdamW(0.9, 0.999, 1e-8, params.weightDecay()),
                params.maxGradientNorm(),
                seed,
                params.precision().type());
    }

    /** Tells an observer what a run tells its listener. */
    private record Course(TrainingObserver observer) implements TrainingListener {
        @Override
        public void started(int finishedSteps, int steps, long trainedParameters) {
            observer.log((finishedSteps == 0 ? "begins: " : "goes on after step " + finishedSteps + ": ") + steps
                    + " steps, " + trainedParameters + " trained parameters");
        }

        @Override
        public void begunAnew(String reason) {
            observer.log(reason);
        }

        @Override
        public void progressed(TrainingProgress progress) {
            observer.progressed(progress);
        }

        @Override
        public void checkpointed(int step, Path folder) {
            observer.checkpointed(step, folder);
        }
    }
}
