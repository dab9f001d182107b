package dev.paddock.methods.training;

/** Parameters of a {@link GradientMethod}, among which those of its course are. */
public interface WithCourse {
    /** How the run goes over its rows. */
    CourseParams course();
}
