package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import jakarta.validation.Valid;

/** Low-rank adapters over a base in 4 bits, trained on the answer's tokens. */
@CatalogueEntry(
        id = "qlora",
        family = "adapters",
        summary = "Trains low-rank updates over a base whose matrices lie in 4 bits.",
        paper = "QLoRA: Efficient Finetuning of Quantized LLMs",
        example = """
                {"method":"qlora","params":{"r":16,"alpha":32,"optimizer":"paged-adamw","gradientCheckpointing":true}}
                """)
public final class Qlora implements GradientMethod<Qlora.Params> {
    /** The terms of Hugging Face's trainer. */
    public record Params(@JsonUnwrapped @Valid CourseParams course) implements WithCourse {}

    @Override
    public String adapter() {
        return "qlora";
    }

    @Override
    public String objective() {
        return "sft";
    }
}
