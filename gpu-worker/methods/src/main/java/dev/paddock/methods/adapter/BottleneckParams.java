package dev.paddock.methods.adapter;

import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.Initialization;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.training.Adaptation;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Map;
import java.util.Set;

/** A bottleneck of a tanh between two matrices, with the defaults of LLM-Adapters; adapters unwrap it among their own parameters. */
public record BottleneckParams(
        @Parameter(value = "256", description = "Width of the bottlenecks") @Min(1) @Max(2048) int r,

        @Parameter(value = "1", description = "What the bottlenecks' outputs are multiplied with")
        @DecimalMin(value = "0", inclusive = false) @DecimalMax("4096") double scaling,

        @Parameter(value = "0", description = "Share of the bottlenecks' inputs dropped while training")
        @DecimalMin("0") @DecimalMax("0.9") double dropout) {
    /** The same in the engine's terms. */
    Adaptation adaptation(AdapterForm form, Set<TargetModule> targetModules) {
        LoraSettings settings = new LoraSettings(
                form,
                r,
                scaling * r,
                dropout,
                TargetModule.projections(targetModules),
                false,
                Set.of(),
                Map.of(),
                Map.of(),
                Initialization.DEFAULT);
        return Adaptation.lora(settings);
    }
}
