package dev.paddock.methods.training;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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

            @Parameter(value = "3", description = "Passes over the training rows")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1000") double epochs,

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

            @Parameter(value = "bf16", description = "Numbers of the frozen base")
            Precision precision,

            @Parameter(value = "50", description = "Updates between checkpoints; null for none before the end")
            @Min(1) @Max(1000000) @Nullable Integer checkpointEvery) {
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
}
