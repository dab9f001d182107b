package dev.paddock.methods.training;

import dev.paddock.llama.training.Validation;
import dev.paddock.methods.objective.LessonInput;
import java.util.Optional;

/**
 * A method that trains by gradient descent: any adapter, any objective, and a course with defaults that are its own.
 *
 * @param <P> its parameters
 */
public interface GradientMethod<P extends Record & WithCourse> extends TrainingMethod<P> {
    /** What the run learns, by the order's objective; nothing is held out. */
    default LessonPlan plan(P params, Choice choice, LessonInput input) {
        return new LessonPlan(choice.objective().apply(input), Validation.NONE);
    }

    @Override
    default boolean allowsAdapter(String id) {
        return true;
    }

    @Override
    default boolean allowsObjective(String id, String family) {
        return true;
    }

    @Override
    default void train(P params, Choice choice, TrainingInput input, TrainingObserver observer) {
        new CourseRun(params.course(), lessons -> plan(params, choice, lessons)).train(choice, input, observer);
    }

    @Override
    default Optional<RunPlan> plan(P params, Choice choice, TrainingInput input) {
        return Optional.of(
                new CourseRun(params.course(), lessons -> plan(params, choice, lessons)).plan(choice, input));
    }
}
