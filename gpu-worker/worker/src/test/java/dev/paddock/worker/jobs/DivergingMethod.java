package dev.paddock.worker.jobs;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.catalogue.Parameters;
import dev.paddock.methods.training.Course;
import dev.paddock.methods.training.CourseParams;
import dev.paddock.methods.training.GradientMethod;
import tools.jackson.databind.json.JsonMapper;

/** LoRA with a learning rate that no order may ask for: the first update is finite, what follows from it is not. */
@CatalogueEntry(id = "diverging", family = "tests", summary = "Diverges.", paper = "none", example = """
        {"method":"diverging","params":{"learningRate":1e30}}
        """)
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
        CourseParams shared = Parameters.of(CourseParams.class)
                .bind(JsonMapper.shared()
                        .createObjectNode()
                        .put("warmupRatio", 0)
                        .put("precision", "fp32")
                        .put("checkpointEvery", 1));
        return new Course(params.learningRate(), 4, 1, 64, shared);
    }
}
