package dev.paddock.methods.training;

import dev.paddock.llama.training.HeldOutRows;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.Validation;
import dev.paddock.llama.training.ValidationSet;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run learns from its rows, and what it measures and never learns from.
 *
 * @param lessons what it learns
 * @param validation what it measures, and how often
 */
public record LessonPlan(Lessons lessons, Validation validation) {
    /** The same without the rows that the parameters hold out, which are measured beside what is. */
    LessonPlan withHeldOut(CourseParams params, long seed, TrainingObserver observer) {
        if (params.validationRatio() == 0) {
            return this;
        }
        HeldOutRows rows = HeldOutRows.of(lessons, params.validationRatio(), seed);
        observer.log(rows.heldOut().rows().size() + " of " + lessons.rows().size()
                + " documents are held out and measured, and never train");
        List<ValidationSet> sets = new ArrayList<>(validation.sets());
        sets.add(new ValidationSet(CourseParams.VALIDATION, rows.heldOut(), params.evalSteps()));
        return new LessonPlan(rows.training(), new Validation(sets, params.selection()));
    }
}
