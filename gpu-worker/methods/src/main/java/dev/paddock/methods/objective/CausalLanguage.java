package dev.paddock.methods.objective;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.llama.training.DocumentExamples;
import dev.paddock.llama.training.Lessons;

/**
 * Cross-entropy of every token. Rows are {@code text}, raw documents, or {@code messages}, conversations that are learnt as a
 * whole. Documents share sequences without seeing each other; longer ones are divided and lose nothing.
 */
@CatalogueEntry(
        id = "causal-lm",
        family = "likelihood",
        summary = "Language modelling: the loss on every token of raw documents or whole conversations.",
        paper = "Language Models are Unsupervised Multitask Learners")
public final class CausalLanguage implements TrainingObjective<CausalLanguage.Params> {
    /** Nothing to choose. */
    public record Params() {}

    @Override
    public Lessons lessons(Params params, LessonInput input) {
        DocumentExamples.Rows rows =
                new DocumentExamples(input.tokenizer(), input.chats()).read(input.rows(), input.length());
        input.log().accept(described(rows));
        return new Lessons.Texts(rows.pieces());
    }

    /** What was read, for the job's log. */
    public static String described(DocumentExamples.Rows rows) {
        long tokens = rows.documents().stream()
                .mapToLong(DocumentExamples.Document::targets)
                .sum();
        return rows.documents().size() + " documents in " + rows.pieces().size() + " pieces with " + tokens
                + " tokens to learn; " + rows.divided() + " were divided, " + rows.judgedBad()
                + " rows were left out because they are judged bad";
    }
}
