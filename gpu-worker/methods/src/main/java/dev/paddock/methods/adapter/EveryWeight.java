package dev.paddock.methods.adapter;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.llama.training.Adaptation;

/** No adapter: every matrix, norm, bias and embedding is trained. */
@CatalogueEntry(
        id = "full",
        family = "full",
        summary = "Every weight is trained; the result is a model of its own.",
        paper = "Unveiling the Secret Recipe: A Guide For Supervised Fine-Tuning Small LLMs")
public final class EveryWeight implements TrainingAdapter<EveryWeight.Params> {
    /** Nothing to choose. */
    public record Params() {}

    @Override
    public Adaptation adaptation(Params params) {
        return Adaptation.full();
    }
}
