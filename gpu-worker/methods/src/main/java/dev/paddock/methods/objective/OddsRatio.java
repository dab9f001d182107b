package dev.paddock.methods.objective;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.objective.Orpo;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/** Supervised fine-tuning on chosen answers with an odds-ratio penalty, without a reference. Rows are {@code messages} with {@code chosen} and {@code rejected}. */
@CatalogueEntry(
        id = "orpo",
        family = "preferences",
        summary = "Supervised fine-tuning on chosen answers with an odds-ratio penalty, without a reference.",
        paper = "ORPO: Monolithic Preference Optimization without Reference Model")
public final class OddsRatio implements TrainingObjective<OddsRatio.Params> {
    /** The terms of TRL. */
    public record Params(
            @Parameter(value = "0.1", description = "Weight of the odds ratio")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("100") double lambda,

            @JsonUnwrapped @Valid OverlongParams rows) {}

    @Override
    public Lessons lessons(Params params, LessonInput input) {
        return Preferences.pairs(new Orpo(params.lambda()), params.rows(), input);
    }
}
