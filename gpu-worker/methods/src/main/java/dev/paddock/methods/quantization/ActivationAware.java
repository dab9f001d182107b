package dev.paddock.methods.quantization;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.quantization.posttraining.AwqMethod;
import dev.paddock.llama.quantization.posttraining.Grid;
import dev.paddock.methods.merging.MergingInput;
import dev.paddock.methods.merging.MergingMethod;
import dev.paddock.methods.merging.RowUse;
import dev.paddock.methods.training.SourceRule;
import dev.paddock.methods.training.TrainingObserver;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;

/** The scale search of the paper, without its clipping. */
@CatalogueEntry(
        id = "awq",
        family = "quantization",
        summary = "Scales columns that meet large inputs up before rounding, and what feeds them down.",
        paper = "AWQ: Activation-aware Weight Quantization for LLM Compression and Acceleration",
        example = """
            {"method":"awq","params":{"bits":4,"sequenceLength":64,"calibrationSequences":16}}
            """)
public final class ActivationAware implements MergingMethod<ActivationAware.Params> {
    /** Bits, groups and calibration. */
    public record Params(
            @Parameter(value = "4", description = CalibrationParams.BITS) @Min(2) @Max(8) int bits,

            @Parameter(value = "32", description = CalibrationParams.GROUP) @Min(0) @Max(65536) int groupSize,

            @Parameter(value = "20", description = "Powers of the inputs' magnitude that are tried for each product")
            @Min(1) @Max(200) int gridSteps,

            @JsonUnwrapped @Valid CalibrationParams calibration) {}

    @Override
    public SourceRule sources() {
        return SourceRule.one();
    }

    @Override
    public RowUse rows() {
        return RowUse.REQUIRED;
    }

    @Override
    public void merge(Params params, MergingInput input, TrainingObserver observer) throws IOException {
        AwqMethod method = new AwqMethod(new Grid(params.bits(), params.groupSize()), params.gridSteps());
        new Quantization(new GgufForm(method), params.calibration(), input, observer).run();
    }
}
