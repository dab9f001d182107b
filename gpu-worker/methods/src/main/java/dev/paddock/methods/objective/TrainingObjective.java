package dev.paddock.methods.objective;

import dev.paddock.catalogue.EntryKind;
import dev.paddock.llama.training.Lessons;

/**
 * What is learnt from rows, and towards which loss.
 *
 * @param <P> its parameters
 */
@EntryKind("objective")
public interface TrainingObjective<P extends Record> {
    /**
     * Lessons of the rows.
     *
     * @throws IllegalArgumentException naming the first row that lacks what the loss needs, counted from 1
     */
    Lessons lessons(P params, LessonInput input);
}
