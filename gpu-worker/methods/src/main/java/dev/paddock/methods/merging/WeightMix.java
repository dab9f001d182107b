package dev.paddock.methods.merging;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.merge.DropAndRescale;
import dev.paddock.llama.merge.LargestMagnitudes;
import dev.paddock.llama.merge.LinearMerge;
import dev.paddock.llama.merge.MergeRule;
import dev.paddock.llama.merge.ModelMerge;
import dev.paddock.llama.merge.SlerpMerge;
import dev.paddock.llama.merge.Sparsity;
import dev.paddock.llama.merge.TaskVectorMerge;
import dev.paddock.methods.training.SourceRule;
import dev.paddock.methods.training.TrainingObserver;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.io.IOException;

/** Mixes the weights of models and adapters of one base, which gives its tokenizer and chat template. */
@CatalogueEntry(
        id = "weight-mix",
        family = "merging",
        summary = "Mixes the weights of several versions into one model: linear, SLERP, TIES or DARE.",
        paper =
                "SPHINX: The Joint Mixing of Weights, Tasks, and Visual Embeddings for Multi-modal Large Language Models"
                        + " (linear); Animating rotation with quaternion curves (slerp);"
                        + " TIES-Merging: Resolving Interference When Merging Models (ties);"
                        + " Language Models are Super Mario: Absorbing Abilities from Homologous Models as a Free Lunch (dare)",
        example = """
                {"method":"weight-mix","params":{"mergeMethod":"ties","density":0.3,"lambda":1.2}}
                """)
public final class WeightMix implements MergingMethod<WeightMix.Params> {
    private static final int MOST_SOURCES = 16;

    /** mergekit's terms; the defaults are those of the TIES paper where it has one. */
    public record Params(
            @Parameter(value = "linear", description = "How weights are mixed; slerp takes exactly two sources")
            MergeAlgorithm mergeMethod,

            @Parameter(
                    value = "0.2",
                    description =
                            "Share of each source's changes that is kept: the largest in ties, random ones in dare_linear and dare_ties (1 less their drop rate); unused otherwise")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double density,

            @Parameter(
                    value = "1",
                    description = "Scale of the merged changes in ties, dare_linear and dare_ties; unused otherwise")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("100") double lambda,

            @Parameter(
                    value = "true",
                    description = "Divide by the sum of the weights, so that a mean is taken; slerp always does")
            boolean normalize) {}

    @Override
    public SourceRule sources() {
        return SourceRule.weighted(1, MOST_SOURCES);
    }

    @Override
    public void merge(Params params, MergingInput input, TrainingObserver observer) throws IOException {
        ModelMerge merge = new ModelMerge(input.base(), input.models(), rule(params, input));
        merge.write(input.base(), input.output(), tensors -> observer.atWork());
    }

    static MergeRule rule(Params params, MergingInput input) {
        return switch (params.mergeMethod()) {
            case LINEAR -> new LinearMerge(input.weights(), params.normalize());
            case SLERP -> new SlerpMerge(input.weights());
            case TIES -> taskVectors(params, input, new LargestMagnitudes(params.density()), true);
            case DARE_LINEAR -> taskVectors(params, input, new DropAndRescale(params.density(), input.seed()), false);
            case DARE_TIES -> taskVectors(params, input, new DropAndRescale(params.density(), input.seed()), true);
        };
    }

    private static MergeRule taskVectors(Params params, MergingInput input, Sparsity sparsity, boolean electSigns) {
        return new TaskVectorMerge(input.weights(), sparsity, electSigns, params.normalize(), params.lambda());
    }
}
