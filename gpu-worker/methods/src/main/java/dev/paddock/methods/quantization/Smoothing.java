package dev.paddock.methods.quantization;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.quantization.posttraining.Grid;
import dev.paddock.llama.quantization.posttraining.SmoothQuantMethod;
import dev.paddock.methods.merging.MergingInput;
import dev.paddock.methods.merging.MergingMethod;
import dev.paddock.methods.merging.RowUse;
import dev.paddock.methods.training.SourceRule;
import dev.paddock.methods.training.TrainingObserver;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.io.IOException;

/** Eight-bit weights, one scale for each output channel; the executors compute with activations as they are. */
@CatalogueEntry(
        id = "smoothquant",
        family = "quantization",
        summary = "Moves the spread of inputs into the weights, which become eight-bit numbers by output channel.",
        paper = "SmoothQuant: Accurate and Efficient Post-Training Quantization for Large Language Models",
        example = """
            {"method":"smoothquant","params":{"sequenceLength":64,"calibrationSequences":16}}
            """)
public final class Smoothing implements MergingMethod<Smoothing.Params> {
    private static final Grid EIGHT_BITS_BY_CHANNEL = new Grid(8, 0);

    /** Migration and calibration. */
    public record Params(
            @Parameter(
                    value = "0.5",
                    description = "Migration strength: 0 leaves the spread in the inputs, 1 moves all of it")
            @DecimalMin("0") @DecimalMax("1") double migrationStrength,

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
        SmoothQuantMethod method = new SmoothQuantMethod(EIGHT_BITS_BY_CHANNEL, params.migrationStrength());
        new Quantization(new GgufForm(method), params.calibration(), input, observer).run();
    }
}
