package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Default;
import jakarta.validation.Valid;

/** Bottleneck layers behind the linear layers, trained on the answer's tokens. */
@CatalogueEntry(
        id = "series-adapter",
        family = "adapters",
        summary = "Trains bottleneck layers behind the linear layers while the base stays frozen.",
        paper = "LLM-Adapters: An Adapter Family for Parameter-Efficient Fine-Tuning of Large Language Models",
        example = """
                {"method":"series-adapter","params":{"r":64,"targetModules":["down_proj"],"learningRate":0.0003}}
                """)
public final class SeriesAdapter implements GradientMethod<SeriesAdapter.Params> {
    /** The terms of Hugging Face's trainer. */
    public record Params(
            @Default(of = "learningRate", value = "0.0005") @JsonUnwrapped @Valid CourseParams course) implements WithCourse {}

    @Override
    public String adapter() {
        return "series-adapter";
    }

    @Override
    public String objective() {
        return "sft";
    }
}
