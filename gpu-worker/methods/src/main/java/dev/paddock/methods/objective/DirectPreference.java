package dev.paddock.methods.objective;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.objective.Dpo;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/** Direct preference optimization on pairs of answers, with label smoothing (cDPO). Rows are {@code messages} with {@code chosen} and {@code rejected}. */
@CatalogueEntry(
        id = "dpo",
        family = "preferences",
        summary = "Direct preference optimization on pairs of answers, with label smoothing (cDPO).",
        paper =
                "Direct Preference Optimization: Your Language Model is Secretly a Reward Model (as used by ANITA and Tower+)")
public final class DirectPreference implements TrainingObjective<DirectPreference.Params> {
    /** The terms of TRL. */
    public record Params(
            @Parameter(value = "0.1", description = "How strongly the model is held to the base")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1000") double beta,

            @Parameter(value = "0", description = "Probability that a preference is the wrong way round")
            @DecimalMin("0") @DecimalMax(value = "0.5", inclusive = false) double labelSmoothing,

            @JsonUnwrapped @Valid OverlongParams rows) {}

    @Override
    public Lessons lessons(Params params, LessonInput input) {
        return Preferences.pairs(new Dpo(params.beta(), params.labelSmoothing()), params.rows(), input);
    }
}
