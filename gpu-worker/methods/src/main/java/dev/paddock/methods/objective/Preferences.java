package dev.paddock.methods.objective;

import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.PreferenceExamples;
import dev.paddock.llama.training.objective.Objective;

/** Lessons of rows whose answers are compared. */
final class Preferences {
    private Preferences() {}

    /** Rows with {@code chosen} and {@code rejected}. */
    static Lessons pairs(Objective objective, OverlongParams params, LessonInput input) {
        return lessons(
                new PreferenceExamples(input.chats()).pairs(input.rows(), input.length(), params.overlong()),
                objective,
                input);
    }

    /** Rows with {@code label}. */
    static Lessons judged(Objective objective, OverlongParams params, LessonInput input) {
        return lessons(
                new PreferenceExamples(input.chats()).judged(input.rows(), input.length(), params.overlong()),
                objective,
                input);
    }

    private static Lessons lessons(PreferenceExamples.Rows rows, Objective objective, LessonInput input) {
        input.log()
                .accept(rows.examples().size() + " rows; " + rows.shortened()
                        + " lost the beginning of their prompts, " + rows.leftOut()
                        + " were left out because their two answers are longer than " + input.length() + " tokens, "
                        + rows.weightless() + " because their weight is 0"
                        + (objective.needsReference() ? "; the base's log-probabilities are measured first" : ""));
        return new Lessons.Comparisons(rows.examples(), objective);
    }
}
