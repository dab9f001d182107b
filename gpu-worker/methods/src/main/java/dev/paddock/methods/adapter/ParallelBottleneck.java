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

/** Bottleneck layers beside the linear layers. */
@CatalogueEntry(
        id = "parallel-adapter",
        family = "adapters",
        summary = "Bottleneck layers beside linear layers: y = W x + s B tanh(A x).",
        paper = "LLM-Adapters: An Adapter Family for Parameter-Efficient Fine-Tuning of Large Language Models")
public final class ParallelBottleneck implements TrainingAdapter<ParallelBottleneck.Params> {
    /** LLM-Adapters' defaults; {@code r} is the width of the bottleneck. */
    public record Params(
            @Parameter(
                    value = "[\"up_proj\",\"down_proj\"]",
                    description = "Linear layers with a bottleneck beside them")
            @NotEmpty Set<TargetModule> targetModules,

            @JsonUnwrapped @Valid BottleneckParams bottleneck) {
        public Params {
            targetModules = Collections.unmodifiableSet(new TreeSet<>(targetModules));
        }
    }

    @Override
    public Adaptation adaptation(Params params) {
        return params.bottleneck().adaptation(AdapterForm.PARALLEL, params.targetModules());
    }
}
