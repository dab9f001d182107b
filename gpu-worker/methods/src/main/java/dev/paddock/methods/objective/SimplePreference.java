package dev.paddock.methods.objective;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.objective.SimPo;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/** Preference optimization without a reference: mean log-probabilities and a margin. Rows are {@code messages} with {@code chosen} and {@code rejected}. */
@CatalogueEntry(
        id = "simpo",
        family = "preferences",
        summary = "Preference optimization without a reference: mean log-probabilities and a margin.",
        paper = "SimPO: Simple Preference Optimization with a Reference-Free Reward")
public final class SimplePreference implements TrainingObjective<SimplePreference.Params> {
    /** The terms of TRL. */
    public record Params(
            @Parameter(value = "2", description = "Scale of the mean log-probabilities")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1000") double beta,

            @Parameter(value = "0.5", description = "Margin by which a chosen answer is to lead")
            @DecimalMin("0") @DecimalMax("100") double gamma,

            @Parameter(value = "0", description = "Probability that a preference is the wrong way round")
            @DecimalMin("0") @DecimalMax(value = "0.5", inclusive = false) double labelSmoothing,

            @JsonUnwrapped @Valid OverlongParams rows) {}

    @Override
    public Lessons lessons(Params params, LessonInput input) {
        return Preferences.pairs(
                new SimPo(params.beta(), params.gamma(), params.labelSmoothing()), params.rows(), input);
    }
}
