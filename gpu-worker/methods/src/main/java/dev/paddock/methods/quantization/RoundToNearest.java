package dev.paddock.methods.quantization;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.quantization.posttraining.Grid;
import dev.paddock.llama.quantization.posttraining.NearestMethod;
import dev.paddock.methods.merging.MergingInput;
import dev.paddock.methods.merging.MergingMethod;
import dev.paddock.methods.merging.RowUse;
import dev.paddock.methods.training.SourceRule;
import dev.paddock.methods.training.TrainingObserver;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;

/** What every other method is compared with; rows are only for measuring. */
@CatalogueEntry(
        id = "rtn",
        family = "quantization",
        summary = "Rounds every weight to the nearest number of its group's scale, without looking at data.",
        paper = "An Empirical Study of LLaMA3 Quantization: From LLMs to MLLMs",
        example = """
            {"method":"rtn","params":{"bits":4,"groupSize":32,"sequenceLength":128}}
            """)
public final class RoundToNearest implements MergingMethod<RoundToNearest.Params> {
    /** Bits and groups. */
    public record Params(
            @Parameter(value = "4", description = CalibrationParams.BITS) @Min(2) @Max(8) int bits,

            @Parameter(value = "32", description = CalibrationParams.GROUP) @Min(0) @Max(65536) int groupSize,

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
        NearestMethod method = new NearestMethod(new Grid(params.bits(), params.groupSize()));
        CalibrationParams texts = new CalibrationParams(params.sequenceLength(), 1, params.evaluationSequences());
        new Quantization(new GgufForm(method), texts, input, observer).run();
    }
}
