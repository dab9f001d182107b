package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Default;
import dev.paddock.catalogue.Parameter;
import dev.paddock.methods.objective.CausalLanguage;
import dev.paddock.methods.objective.LessonInput;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/**
 * Further pre-training on a domain's documents. General text is replayed beside it, and how surprising unseen documents of both
 * are is measured on the way: {@code domain_perplexity} and {@code general_perplexity} among the job's metrics.
 */
@CatalogueEntry(
        id = "continual-pretraining",
        family = "pretraining",
        summary = "Pre-trains further on a domain's documents, with replay of general text and both perplexities.",
        paper = "Me LLaMA: Foundation Large Language Models for Medical Applications;"
                + " Simple and Scalable Strategies to Continually Pre-train Large Language Models (replay)",
        example = """
                {"method":"continual-pretraining","params":{"replayRatio":0.1,"schedule":"wsd","evaluateEvery":20}}
                """)
public final class ContinualPretraining implements GradientMethod<ContinualPretraining.Params> {
    /** The terms of Hugging Face's trainer, and of replay. */
    public record Params(
            @Parameter(
                    value = "0",
                    description =
                            "Share of the learnt tokens that come from rows with source general; they repeat where"
                                    + " they are too few")
            @DecimalMin("0") @DecimalMax("0.9") double replayRatio,

            @JsonUnwrapped @Valid HeldOutParams heldOut,

            @Default(of = "epochs", value = "1") @JsonUnwrapped @Valid CourseParams course)
            implements WithCourse {}

    @Override
    public String adapter() {
        return "lora";
    }

    @Override
    public String objective() {
        return "causal-lm";
    }

    /** Documents alone. */
    @Override
    public boolean allowsObjective(String id, String family) {
        return id.equals(objective());
    }

    @Override
    public LessonPlan plan(Params params, Choice choice, LessonInput input) {
        return new ReplayPlan(params.heldOut(), params.replayRatio(), (CausalLanguage.Params) choice.params(), input)
                .plan();
    }
}
