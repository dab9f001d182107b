package dev.paddock.worker.jobs;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.methods.training.AdapterParams;
import dev.paddock.methods.training.CourseParams;
import dev.paddock.methods.training.Lora;
import dev.paddock.methods.training.Precision;
import dev.paddock.methods.training.TargetModule;
import dev.paddock.methods.training.TrainingInput;
import dev.paddock.methods.training.TrainingMethod;
import dev.paddock.methods.training.TrainingObserver;
import java.util.EnumSet;

/** LoRA with a learning rate that no order may ask for: the first update is finite, what follows from it is not. */
@CatalogueEntry(id = "diverging", family = "tests", summary = "Diverges.", paper = "none")
public final class DivergingMethod implements TrainingMethod<DivergingMethod.Params> {
    /** How fast it diverges. */
    public record Params(
            @Parameter(value = "1e30", description = "learning rate")
            double learningRate) {}

    @Override
    public String adapter() {
        return "lora";
    }

    @Override
    public String objective() {
        return "sft";
    }

    @Override
    public void train(Params params, TrainingInput input, TrainingObserver observer) {
        Lora.Params lora = new Lora.Params(
                new AdapterParams(2, 4, 0, EnumSet.allOf(TargetModule.class), false),
                params.learningRate(),
                4,
                1,
                64,
                new CourseParams(1, 0, 0, 1, Precision.FLOAT32, 1));
        new Lora().train(lora, input, observer);
    }
}
