package dev.paddock.methods.training;

import java.util.Optional;

/**
 * A method that trains by gradient descent: any adapter, any objective, and a course that is its own.
 *
 * @param <P> its parameters
 */
public interface GradientMethod<P extends Record> extends TrainingMethod<P> {
    /** How the run goes over its rows. */
    Course course(P params);

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
        new CourseRun(course(params)).train(choice, input, observer);
    }

    @Override
    default Optional<RunPlan> plan(P params, Choice choice, TrainingInput input) {
        return Optional.of(new CourseRun(course(params)).plan(choice, input));
    }
}
