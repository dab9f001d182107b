package dev.paddock.methods.objective;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.classification.ClassifierPrompts;
import dev.paddock.llama.training.LabelledExamples;
import dev.paddock.llama.training.Lessons;
import jakarta.validation.Valid;

/**
 * A classification head instead of next tokens. Rows are {@code messages} whose last answer names the label, or for tokens
 * {@code messages} with {@code spans}.
 */
@CatalogueEntry(
        id = "label-supervised",
        family = "labels",
        summary = "A classification head on the last token, or on every token without the causal mask.",
        paper = "Label Supervised LLaMA Finetuning")
public final class LabelSupervised implements TrainingObjective<LabelSupervised.Params> {
    /** What is labelled. */
    public record Params(
            @Parameter(
                    value = "sequence",
                    description = "What gets a label: a conversation, by its last token, or every token of a message")
            LabelTask task,

            @Parameter(
                    value = "true",
                    description = "Whether labels of tokens are learnt without the causal mask; conversations keep it")
            boolean unmasked,

            @JsonUnwrapped @Valid OverlongParams rows) {}

    @Override
    public Lessons lessons(Params params, LessonInput input) {
        LabelledExamples examples =
                new LabelledExamples(new ClassifierPrompts(input.chats().renderer(), input.tokenizer()));
        LabelledExamples.Rows rows = params.task() == LabelTask.SEQUENCE
                ? examples.sequences(
                        input.rows(), true, input.length(), params.rows().overlong())
                : examples.spans(
                        input.rows(),
                        !params.unmasked(),
                        input.length(),
                        params.rows().overlong());
        input.log()
                .accept(rows.lessons().examples().size() + " rows with "
                        + rows.lessons().scheme().names().size() + " labels; " + rows.shortened()
                        + " were cut to " + input.length() + " tokens, " + rows.leftOut()
                        + " were left out because they have no token to label");
        return rows.lessons();
    }
}
