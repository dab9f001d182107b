package dev.paddock.methods.adapter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.Initialization;
import dev.paddock.llama.training.Adaptation;
import dev.paddock.llama.training.TrainingOptions;
import jakarta.validation.Valid;

/** Low-rank updates of linear layers that lie in 4 bits. */
@CatalogueEntry(
        id = "qlora",
        family = "adapters",
        summary = "Low-rank updates over a base whose matrices lie in NF4 with double quantization.",
        paper = "QLoRA: Efficient Finetuning of Quantized LLMs")
public final class QuantizedLowRank implements TrainingAdapter<QuantizedLowRank.Params> {
    /** The terms of PEFT. */
    public record Params(@JsonUnwrapped @Valid AdapterParams adapter) {}

    @Override
    public Adaptation adaptation(Params params) {
        return params.adapter()
                .adaptation(AdapterForm.LORA, Initialization.DEFAULT)
                .overNf4();
    }

    @Override
    public TrainingOptions options(Params params, TrainingOptions options) {
        return options.withAdapterRatio(params.adapter().loraplusLrRatio());
    }
}
