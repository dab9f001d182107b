package dev.paddock.methods.quantization;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.quantization.posttraining.GptqMethod;
import dev.paddock.llama.quantization.posttraining.Grid;
import dev.paddock.methods.merging.MergingInput;
import dev.paddock.methods.merging.MergingMethod;
import dev.paddock.methods.merging.RowUse;
import dev.paddock.methods.training.SourceRule;
import dev.paddock.methods.training.TrainingObserver;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;

/** The defaults are the paper's, with its columns in the order of their inputs. */
@CatalogueEntry(
        id = "gptq",
        family = "quantization",
        summary = "Rounds column by column; the columns left take back what rounding does to the outputs of calibration"
                + " rows.",
        paper = "GPTQ: Accurate Post-Training Quantization for Generative Pre-trained Transformers",
        example = """
            {"method":"gptq","params":{"bits":3,"sequenceLength":64,"calibrationSequences":16}}
            """)
public final class OptimalRounding implements MergingMethod<OptimalRounding.Params> {
    /** Bits, groups and calibration. */
    public record Params(
            @Parameter(value = "4", description = CalibrationParams.BITS) @Min(2) @Max(8) int bits,

            @Parameter(value = "32", description = CalibrationParams.GROUP) @Min(0) @Max(65536) int groupSize,

            @Parameter(value = "0.01", description = "Damping, as a share of the Hessian's mean diagonal")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double damping,

            @Parameter(
                    value = "true",
                    description =
                            "Round columns with large inputs first; scales are then fitted to the weights as they were")
            boolean activationOrder,

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
        Grid grid = new Grid(params.bits(), params.groupSize());
        GptqMethod method = new GptqMethod(grid, params.damping(), params.activationOrder());
        new Quantization(new GgufForm(method), params.calibration(), input, observer).run();
    }
}
