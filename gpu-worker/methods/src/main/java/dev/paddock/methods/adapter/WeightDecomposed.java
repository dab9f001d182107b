package dev.paddock.methods.adapter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.Initialization;
import dev.paddock.llama.training.Adaptation;
import dev.paddock.llama.training.TrainingOptions;
import jakarta.validation.Valid;

/** Low-rank updates of the directions of weights, and their magnitudes trained apart. */
@CatalogueEntry(
        id = "dora",
        family = "adapters",
        summary = "Weight-decomposed low-rank updates: directions by LoRA, the magnitude of each output apart.",
        paper = "DoRA: Weight-Decomposed Low-Rank Adaptation")
public final class WeightDecomposed implements TrainingAdapter<WeightDecomposed.Params> {
    /** The terms of PEFT. */
    public record Params(@JsonUnwrapped @Valid AdapterParams adapter) {}

    @Override
    public Adaptation adaptation(Params params) {
        return params.adapter().adaptation(AdapterForm.DORA, Initialization.DEFAULT);
    }

    @Override
    public TrainingOptions options(Params params, TrainingOptions options) {
        return options.withAdapterRatio(params.adapter().loraplusLrRatio());
    }
}
