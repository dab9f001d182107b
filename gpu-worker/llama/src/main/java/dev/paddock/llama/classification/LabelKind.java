package dev.paddock.llama.classification;

import dev.paddock.llama.adapter.TaskType;
import java.util.Locale;

/** What gets a label. */
public enum LabelKind {
    /** A whole conversation, by its last token. */
    SEQUENCE(TaskType.SEQ_CLS),
    /** Every token of the last user message, as begin, inside or outside of a span. */
    TOKEN(TaskType.TOKEN_CLS);

    private final TaskType task;

    LabelKind(TaskType task) {
        this.task = task;
    }

    /** PEFT's word for it. */
    public TaskType task() {
        return task;
    }

    /** As {@code classifier.json} writes it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
