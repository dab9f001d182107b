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
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A low-rank adapter in PEFT's terms; adapters unwrap it among their own parameters. */
public record AdapterParams(
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

        @Parameter(
                value = "{}",
                description =
                        "Ranks of single layers: a regular expression that matches the end of the layer's name, such as layers.0.self_attn.q_proj or layers.[01]..*, and its rank")
        @Size(max = 64) Map<@Size(min = 1, max = 200) String, @NotNull @Min(1) @Max(512) Integer> rankPattern,

        @Parameter(value = "{}", description = "Alphas of single layers, by expressions like those of rankPattern")
        @Size(max = 64) Map<
                        @Size(min = 1, max = 200) String,
                        @NotNull @DecimalMin(value = "0", inclusive = false) @DecimalMax("4096") Double>
                alphaPattern,

        @Parameter(value = "[]", description = "Blocks that get updates, counted from 0; none named for all")
        @Size(max = 1000) Set<@NotNull @Min(0) @Max(9999) Integer> layersToTransform,

        @Parameter(
                value = "[]",
                description =
                        "What is trained whole beside the updates; norm is the last norm. Such an adapter is served merged into its base")
        @Size(max = 8) Set<ModuleToSave> modulesToSave,

        @Parameter(value = "1", description = "LoRA+: learning rate of the matrices B over that of the matrices A")
        @DecimalMin("0.001") @DecimalMax("1000") double loraplusLrRatio) {
    public AdapterParams {
        targetModules = Collections.unmodifiableSet(new TreeSet<>(targetModules));
        rankPattern = Collections.unmodifiableMap(new TreeMap<>(rankPattern));
        alphaPattern = Collections.unmodifiableMap(new TreeMap<>(alphaPattern));
        layersToTransform = Collections.unmodifiableSet(new TreeSet<>(layersToTransform));
        modulesToSave = Collections.unmodifiableSet(new TreeSet<>(modulesToSave));
    }

    /** The same in the engine's terms. */
    Adaptation adaptation(AdapterForm form, Initialization initialization) {
        LoraSettings settings = new LoraSettings(
                form,
                r,
                alpha,
                dropout,
                TargetModule.projections(targetModules),
                rslora,
                layersToTransform,
                rankPattern,
                alphaPattern,
                initialization);
        return Adaptation.lora(settings).withModules(ModuleToSave.modules(modulesToSave));
    }
}
