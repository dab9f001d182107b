package dev.paddock.worker.jobs;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.catalogue.Parameters;
import dev.paddock.methods.training.CourseParams;
import dev.paddock.methods.training.GradientMethod;
import dev.paddock.methods.training.WithCourse;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** LoRA with a learning rate that no order may ask for: the first update is finite, what follows from it is not. */
@CatalogueEntry(id = "diverging", family = "tests", summary = "Diverges.", paper = "none", example = """
        {"method":"diverging","params":{"learningRate":1e30}}
        """)
public final class DivergingMethod implements GradientMethod<DivergingMethod.Params> {
    /** How fast it diverges. */
    public record Params(
            @Parameter(value = "1e30", description = "learning rate")
            double learningRate) implements WithCourse {
        @Override
        public CourseParams course() {
            ObjectNode course = Parameters.of(CourseParams.class)
                    .schema()
                    .complete(JsonMapper.shared()
                            .createObjectNode()
                            .put("epochs", 4)
                            .put("batchSize", 1)
                            .put("sequenceLength", 64)
                            .put("warmupRatio", 0)
                            .put("precision", "fp32")
                            .put("checkpointEvery", 1));
            return JsonMapper.shared().treeToValue(course.put("learningRate", learningRate), CourseParams.class);
        }
    }

    @Override
    public String adapter() {
        return "lora";
    }

    @Override
    public String objective() {
        return "sft";
    }
}
