package dev.paddock.methods.objective;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.training.ChatExamples;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.Overlong;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/** Cross-entropy of the last answer's tokens. */
@CatalogueEntry(
        id = "sft",
        family = "likelihood",
        summary = "Supervised fine-tuning: the loss on the tokens of the last answer only.",
        paper = "Training language models to follow instructions with human feedback")
public final class SupervisedAnswers implements TrainingObjective<SupervisedAnswers.Params> {
    /** The terms of Hugging Face's trainer. */
    public record Params(
            @Parameter(value = "0", description = "Share of each target that is spread over the vocabulary")
            @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) double labelSmoothing,

            @Parameter(
                    value = "truncate",
                    description =
                            "Rows longer than sequenceLength: truncate cuts the beginning of the prompt and leaves a"
                                    + " row out whose answer alone is too long, split makes several documents of it, refuse ends the run")
            Overlong overlong) {}

    @Override
    public Lessons lessons(Params params, LessonInput input) {
        ChatExamples.Rows rows = input.chats().read(input.rows(), input.length(), params.overlong());
        input.log().accept(told(rows, input.length()));
        return new Lessons.Texts(rows.examples(), params.labelSmoothing(), rows.sources());
    }

    private static String told(ChatExamples.Rows rows, int length) {
        return rows.examples().size() + " documents; " + rows.shortened() + " rows lost the beginning of their prompt, "
                + rows.divided() + " were divided, " + rows.leftOut()
                + " were left out because their answer alone is longer than " + length + " tokens, " + rows.judgedBad()
                + " because it is judged bad, " + rows.weightless() + " because their weight is 0";
    }
}
