package dev.paddock.methods.adapter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.training.Adaptation;
import dev.paddock.llama.training.TrainingOptions;
import jakarta.validation.Valid;

/** Low-rank updates of the linear layers. */
@CatalogueEntry(
        id = "lora",
        family = "adapters",
        summary = "Low-rank updates of the linear layers: y = W x + s B A x.",
        paper = "LoRA: Low-Rank Adaptation of Large Language Models")
public final class LowRank implements TrainingAdapter<LowRank.Params> {
    /** The terms of PEFT. */
    public record Params(
            @JsonUnwrapped @Valid AdapterParams adapter,

            @Parameter(
                    value = "default",
                    description =
                            "First values of the matrices; pissa: the largest singular values of the frozen ones, written as a LoRA of twice the rank")
            FirstValues initialization) {}

    @Override
    public Adaptation adaptation(Params params) {
        return params.adapter()
                .adaptation(AdapterForm.LORA, params.initialization().initialization());
    }

    @Override
    public TrainingOptions options(Params params, TrainingOptions options) {
        return options.withAdapterRatio(params.adapter().loraplusLrRatio());
    }
}
