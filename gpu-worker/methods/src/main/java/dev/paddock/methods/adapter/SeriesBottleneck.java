package dev.paddock.methods.adapter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.training.Adaptation;
import jakarta.validation.Valid;

/** Bottleneck layers behind the linear layers. */
@CatalogueEntry(
        id = "series-adapter",
        family = "adapters",
        summary = "Bottleneck layers after linear layers: y' = y + s B tanh(A y).",
        paper = "LLM-Adapters: An Adapter Family for Parameter-Efficient Fine-Tuning of Large Language Models")
public final class SeriesBottleneck implements TrainingAdapter<SeriesBottleneck.Params> {
    /** The terms of LoRA: {@code r} is the width of the bottleneck. */
    public record Params(@JsonUnwrapped @Valid AdapterParams adapter) {}

    @Override
    public Adaptation adaptation(Params params) {
        return Adaptation.lora(params.adapter().settings(AdapterForm.SERIES));
    }
}
