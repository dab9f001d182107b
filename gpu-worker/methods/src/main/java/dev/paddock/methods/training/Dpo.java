package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.PreferenceExamples;
import dev.paddock.llama.training.objective.Ipo;
import dev.paddock.llama.training.objective.Kto;
import dev.paddock.llama.training.objective.Objective;
import dev.paddock.llama.training.objective.Orpo;
import dev.paddock.llama.training.objective.SimPo;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * Low-rank adapters trained on preferences. The reference is the base, which is the model while B is zero, so nothing is held
 * twice.
 */
@CatalogueEntry(
        id = "dpo",
        family = "preferences",
        summary = "Trains low-rank updates on preferences: DPO, IPO, SimPO or ORPO on pairs, KTO on judged answers.",
        paper =
                "Direct Preference Optimization: Your Language Model is Secretly a Reward Model (as used by ANITA and Tower+)")
public final class Dpo implements TrainingMethod<Dpo.Params> {
    /** The terms of TRL; rows are {@code messages} with {@code chosen} and {@code rejected}, or with {@code label} for kto. */
    public record Params(
            @Parameter(
                    value = "sigmoid",
                    description = "Loss: sigmoid (DPO), ipo, simpo and orpo compare chosen with rejected answers,"
                            + " kto takes answers with a label")
            PreferenceLossName loss,

            @Parameter(
                    value = "0.1",
                    description =
                            "How strongly the model is held to the base; the scale of the log-probabilities in simpo,"
                                    + " whose paper has 2 to 10; unused by orpo")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1000") double beta,

            @Parameter(value = "0.5", description = "Margin by which a chosen answer is to lead in simpo")
            @DecimalMin("0") @DecimalMax("100") double gamma,

            @Parameter(value = "0.1", description = "Weight of the odds ratio in orpo")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("100") double lambda,

            @Parameter(
                    value = "0",
                    description = "Probability that a preference is the wrong way round, in sigmoid and simpo")
            @DecimalMin("0") @DecimalMax(value = "0.5", inclusive = false) double labelSmoothing,

            @Parameter(value = "1", description = "Weight of good answers in kto") @DecimalMin("0") @DecimalMax("1000") double desirableWeight,

            @Parameter(value = "1", description = "Weight of bad answers in kto") @DecimalMin("0") @DecimalMax("1000") double undesirableWeight,

            @JsonUnwrapped @Valid AdapterParams adapter,

            @Parameter(value = "0.00002", description = "Peak learning rate of AdamW")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double learningRate,

            @Parameter(value = "1", description = "Passes over the training rows") @Min(1) @Max(1000) int epochs,

            @Parameter(
                    value = "4",
                    description =
                            "Packed sequences per forward pass; kto estimates its reference point from their rows")
            @Min(1) @Max(1024) int batchSize,

            @Parameter(
                    value = "1024",
                    description = "Tokens per packed sequence; both answers of a row with their prompts stand in one,"
                            + " and longer ones lose the beginning of their prompts")
            @Min(16) @Max(131072) int sequenceLength,

            @JsonUnwrapped @Valid CourseParams course) {
        /** A weight of zero for both kinds of answers leaves nothing to learn. */
        @AssertTrue(message = "desirableWeight and undesirableWeight cannot both be 0") boolean isAnythingWeighed() {
            return desirableWeight + undesirableWeight > 0;
        }
    }

    @Override
    public String adapter() {
        return "lora";
    }

    @Override
    public String objective() {
        return "dpo";
    }

    @Override
    public void train(Params params, TrainingInput input, TrainingObserver observer) {
        AdapterRun run = new AdapterRun(
                params.adapter(),
                params.course(),
                params.learningRate(),
                params.epochs(),
                params.batchSize(),
                params.sequenceLength());
        Objective objective = objective(params);
        run.train(input, observer, (chats, length) -> {
            PreferenceExamples examples = new PreferenceExamples(chats);
            PreferenceExamples.Rows rows = params.loss() == PreferenceLossName.KTO
                    ? examples.judged(input.rows(), length)
                    : examples.pairs(input.rows(), length);
            observer.log(rows.examples().size() + " rows; " + rows.shortened()
                    + " lost the beginning of their prompts, " + rows.leftOut()
                    + " were left out because their two answers are longer than " + length + " tokens"
                    + (objective.needsReference() ? "; the base's log-probabilities are measured first" : ""));
            return new Lessons.Comparisons(rows.examples(), objective);
        });
    }

    static Objective objective(Params params) {
        return switch (params.loss()) {
            case SIGMOID -> new dev.paddock.llama.training.objective.Dpo(params.beta(), params.labelSmoothing());
            case IPO -> new Ipo(params.beta());
            case SIMPO -> new SimPo(params.beta(), params.gamma(), params.labelSmoothing());
            case ORPO -> new Orpo(params.lambda());
            case KTO -> new Kto(params.beta(), params.desirableWeight(), params.undesirableWeight());
        };
    }
}
