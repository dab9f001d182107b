package dev.paddock.methods.adapter;

import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.Projection;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
        boolean rslora) {
    public AdapterParams {
        targetModules = Collections.unmodifiableSet(new TreeSet<>(targetModules));
    }

    /** The same in the engine's terms. */
    LoraSettings settings(AdapterForm form) {
        Set<Projection> targets = targetModules.stream()
                .map(module -> Projection.of(module.moduleName()))
                .collect(Collectors.toSet());
        return new LoraSettings(r, alpha, dropout, targets, rslora).withForm(form);
    }
}
