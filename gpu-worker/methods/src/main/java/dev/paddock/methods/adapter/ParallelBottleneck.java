package dev.paddock.methods.adapter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.training.Adaptation;
import jakarta.validation.Valid;

/** Bottleneck layers beside the linear layers. */
@CatalogueEntry(
        id = "parallel-adapter",
        family = "adapters",
        summary = "Bottleneck layers beside linear layers: y = W x + s B tanh(A x).",
        paper = "LLM-Adapters: An Adapter Family for Parameter-Efficient Fine-Tuning of Large Language Models")
public final class ParallelBottleneck implements TrainingAdapter<ParallelBottleneck.Params> {
    /** The terms of LoRA: {@code r} is the width of the bottleneck. */
    public record Params(@JsonUnwrapped @Valid AdapterParams adapter) {}

    @Override
    public Adaptation adaptation(Params params) {
        return Adaptation.lora(params.adapter().settings(AdapterForm.PARALLEL));
    }
}
