package dev.paddock.methods.quantization;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.methods.merging.MergingInput;
import dev.paddock.methods.merging.MergingMethod;
import dev.paddock.methods.merging.RowUse;
import dev.paddock.methods.training.SourceRule;
import dev.paddock.methods.training.TrainingObserver;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;

/** Blocks of 64 whose scales take eight bits; transformers loads the version with bitsandbytes. */
@CatalogueEntry(
        id = "nf4",
        family = "quantization",
        summary = "Rounds weights to sixteen quantiles of a normal distribution, with double quantization, without"
                + " looking at data.",
        paper = "QLoRA: Efficient Finetuning of Quantized LLMs",
        example = """
            {"method":"nf4","params":{"sequenceLength":128}}
            """)
public final class Nf4 implements MergingMethod<Nf4.Params> {
    /** Rows only measure. */
    public record Params(
            @Parameter(value = "512", description = CalibrationParams.LENGTH) @Min(8) @Max(131072) int sequenceLength,

            @Parameter(value = "16", description = CalibrationParams.HELD_OUT) @Min(1) @Max(4096) int evaluationSequences) {}

    @Override
    public SourceRule sources() {
        return SourceRule.one();
    }

    @Override
    public RowUse rows() {
        return RowUse.OPTIONAL;
    }

    @Override
    public void merge(Params params, MergingInput input, TrainingObserver observer) throws IOException {
        CalibrationParams texts = new CalibrationParams(params.sequenceLength(), 1, params.evaluationSequences());
        new Quantization(new Nf4Form(), texts, input, observer).run();
    }
}
