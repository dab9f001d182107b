package dev.paddock.methods.merging;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.merge.MergeSource;
import dev.paddock.llama.merge.ModelMerge;
import dev.paddock.llama.merge.ResidualMerge;
import dev.paddock.methods.training.SourceRule;
import dev.paddock.methods.training.TrainingObserver;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.io.IOException;
import java.util.List;

/**
 * Gives a further pre-trained base its instruction following back without instruction data: what instruction tuning changed of
 * the base is added to it. Tokenizer and chat template are those of the instruction-tuned model.
 */
@CatalogueEntry(
        id = "instruction-residual",
        family = "merging",
        summary = "Adds what instruction tuning changed of a base to a further trained version of that base.",
        paper =
                "Balancing Continuous Pre-Training and Instruction Fine-Tuning: Optimizing Instruction-Following in LLMs",
        example = """
                {"method":"instruction-residual","params":{"scale":0.8}}
                """)
public final class InstructionResidual implements MergingMethod<InstructionResidual.Params> {
    static final String INSTRUCT = "instruct";
    static final String TARGET = "target";

    /** One number; the paper has 1. */
    public record Params(
            @Parameter(value = "1", description = "Scale of what instruction tuning changed")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("10") double scale) {}

    @Override
    public SourceRule sources() {
        return SourceRule.inRoles(INSTRUCT, TARGET);
    }

    @Override
    public void merge(Params params, MergingInput input, TrainingObserver observer) throws IOException {
        MergeSource instruct = input.inRole(INSTRUCT);
        List<MergeSource> sources = List.of(instruct, input.inRole(TARGET));
        ModelMerge merge = new ModelMerge(input.base(), sources, new ResidualMerge(params.scale()));
        merge.write(instruct.model(), input.output(), tensors -> observer.atWork());
    }
}
