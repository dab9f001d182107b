package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import jakarta.validation.Valid;

/** Low-rank adapters on the linear layers of every block, trained on the answer's tokens. */
@CatalogueEntry(
        id = "lora",
        family = "adapters",
        summary = "Trains low-rank updates of the linear layers while the base stays frozen.",
        paper = "LLM-Adapters: An Adapter Family for Parameter-Efficient Fine-Tuning of Large Language Models",
        example = """
                {"method":"lora","adapter":"dora","objective":"sft",
                 "params":{"r":16,"learningRate":0.0002,"targetModules":["q_proj","v_proj"],"epochs":2}}
                """)
public final class Lora implements GradientMethod<Lora.Params> {
    /** The terms of Hugging Face's trainer. */
    public record Params(@JsonUnwrapped @Valid CourseParams course) implements WithCourse {}

    @Override
    public String adapter() {
        return "lora";
    }

    @Override
    public String objective() {
        return "sft";
    }
}
