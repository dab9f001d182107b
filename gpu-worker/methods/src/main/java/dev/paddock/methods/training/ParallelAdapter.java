package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Default;
import jakarta.validation.Valid;

/** Bottleneck layers beside the linear layers, trained on the answer's tokens. */
@CatalogueEntry(
        id = "parallel-adapter",
        family = "adapters",
        summary = "Trains bottleneck layers beside the linear layers while the base stays frozen.",
        paper = "LLM-Adapters: An Adapter Family for Parameter-Efficient Fine-Tuning of Large Language Models",
        example = """
                {"method":"parallel-adapter","params":{"r":64,"targetModules":["up_proj","down_proj"],"dropout":0.05}}
                """)
public final class ParallelAdapter implements GradientMethod<ParallelAdapter.Params> {
    /** The terms of Hugging Face's trainer. */
    public record Params(
            @Default(of = "learningRate", value = "0.0005") @JsonUnwrapped @Valid CourseParams course) implements WithCourse {}

    @Override
    public String adapter() {
        return "parallel-adapter";
    }

    @Override
    public String objective() {
        return "sft";
    }
}
