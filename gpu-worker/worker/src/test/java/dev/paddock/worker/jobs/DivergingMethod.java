package dev.paddock.worker.jobs;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.methods.training.Course;
import dev.paddock.methods.training.CourseParams;
import dev.paddock.methods.training.GradientMethod;
import dev.paddock.methods.training.Precision;

/** LoRA with a learning rate that no order may ask for: the first update is finite, what follows from it is not. */
@CatalogueEntry(id = "diverging", family = "tests", summary = "Diverges.", paper = "none")
public final class DivergingMethod implements GradientMethod<DivergingMethod.Params> {
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
    public Course course(Params params) {
        return new Course(params.learningRate(), 4, 1, 64, new CourseParams(1, 0, 0, 1, Precision.FLOAT32, 1));
    }
}
