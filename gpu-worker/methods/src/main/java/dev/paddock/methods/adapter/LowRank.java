package dev.paddock.methods.adapter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.training.Adaptation;
import jakarta.validation.Valid;

/** Low-rank updates of the linear layers. */
@CatalogueEntry(
        id = "lora",
        family = "adapters",
        summary = "Low-rank updates of the linear layers: y = W x + s B A x.",
        paper = "LoRA: Low-Rank Adaptation of Large Language Models")
public final class LowRank implements TrainingAdapter<LowRank.Params> {
    /** The terms of PEFT. */
    public record Params(@JsonUnwrapped @Valid AdapterParams adapter) {}

    @Override
    public Adaptation adaptation(Params params) {
        return Adaptation.lora(params.adapter().settings(AdapterForm.LORA));
    }
}
