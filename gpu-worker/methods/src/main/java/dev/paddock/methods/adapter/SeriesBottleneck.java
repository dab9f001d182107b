package dev.paddock.methods.adapter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.training.Adaptation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** Bottleneck layers behind the linear layers. */
@CatalogueEntry(
        id = "series-adapter",
        family = "adapters",
        summary = "Bottleneck layers after linear layers: y' = y + s B tanh(A y).",
        paper = "LLM-Adapters: An Adapter Family for Parameter-Efficient Fine-Tuning of Large Language Models")
public final class SeriesBottleneck implements TrainingAdapter<SeriesBottleneck.Params> {
    /** LLM-Adapters' defaults; {@code r} is the width of the bottleneck. */
    public record Params(
            @Parameter(
                    value = "[\"down_proj\"]",
                    description =
                            "Linear layers with a bottleneck behind them; LLM-Adapters puts those of gate_proj and up_proj before them, which the engine does not have")
            @NotEmpty Set<TargetModule> targetModules,

            @JsonUnwrapped @Valid BottleneckParams bottleneck) {
        public Params {
            targetModules = Collections.unmodifiableSet(new TreeSet<>(targetModules));
        }
    }

    @Override
    public Adaptation adaptation(Params params) {
        if (params.targetModules().contains(TargetModule.GATE)
                || params.targetModules().contains(TargetModule.UP)) {
            throw new IllegalArgumentException(
                    "targetModules is "
                            + params.targetModules().stream()
                                    .map(TargetModule::moduleName)
                                    .toList()
                            + ": LLM-Adapters puts a series adapter of gate_proj and up_proj before the layer, which the engine does not have; name down_proj, or use the adapter parallel-adapter");
        }
        return params.bottleneck().adaptation(AdapterForm.SERIES, params.targetModules());
    }
}
