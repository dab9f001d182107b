package dev.paddock.methods.objective;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.llama.training.ChatExamples;
import dev.paddock.llama.training.Lessons;

/** Cross-entropy of the last answer's tokens. */
@CatalogueEntry(
        id = "sft",
        family = "likelihood",
        summary = "Supervised fine-tuning: the loss on the tokens of the last answer only.",
        paper = "Training language models to follow instructions with human feedback")
public final class SupervisedAnswers implements TrainingObjective<SupervisedAnswers.Params> {
    /** Nothing to choose. */
    public record Params() {}

    @Override
    public Lessons lessons(Params params, LessonInput input) {
        ChatExamples.Rows rows = input.chats().read(input.rows(), input.length());
        input.log()
                .accept(rows.examples().size() + " rows; " + rows.shortened() + " lost the beginning of their prompt, "
                        + rows.leftOut() + " were left out because their answer alone is longer than "
                        + input.length() + " tokens, " + rows.judgedBad() + " because it is judged bad");
        return new Lessons.Texts(rows.examples());
    }
}
