package dev.paddock.methods.objective;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.objective.Kto;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/** Learns from single answers that were judged good or bad. Rows are {@code messages} with {@code label}. */
@CatalogueEntry(
        id = "kto",
        family = "preferences",
        summary = "Learns from single answers that were judged good or bad.",
        paper = "KTO: Model Alignment as Prospect Theoretic Optimization")
public final class ProspectTheory implements TrainingObjective<ProspectTheory.Params> {
    /** The terms of TRL. */
    public record Params(
            @Parameter(value = "0.1", description = "How strongly the model is held to the base")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1000") double beta,

            @Parameter(value = "1", description = "Weight of good answers") @DecimalMin("0") @DecimalMax("1000") double desirableWeight,

            @Parameter(value = "1", description = "Weight of bad answers") @DecimalMin("0") @DecimalMax("1000") double undesirableWeight,

            @JsonUnwrapped @Valid OverlongParams rows) {
        /** A weight of zero for both kinds of answers leaves nothing to learn. */
        @AssertTrue(message = "desirableWeight and undesirableWeight cannot both be 0") boolean isAnythingWeighed() {
            return desirableWeight + undesirableWeight > 0;
        }
    }

    @Override
    public Lessons lessons(Params params, LessonInput input) {
        return Preferences.judged(
                new Kto(params.beta(), params.desirableWeight(), params.undesirableWeight()), params.rows(), input);
    }
}
