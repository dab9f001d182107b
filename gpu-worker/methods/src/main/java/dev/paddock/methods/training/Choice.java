package dev.paddock.methods.training;

import dev.paddock.llama.training.Adaptation;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.TrainingOptions;
import dev.paddock.methods.objective.LessonInput;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * An order's adapter and objective, bound to their parameters.
 *
 * @param adaptation what of the base is trained
 * @param options adds what the adapter says of the trainer's options
 * @param objective makes lessons of the rows
 * @param params the objective's parameters, for methods that read rows themselves
 */
public record Choice(
        Adaptation adaptation,
        UnaryOperator<TrainingOptions> options,
        Function<LessonInput, Lessons> objective,
        Record params) {
    /** The same where something else is trained. */
    public Choice training(Adaptation other) {
        return new Choice(other, options, objective, params);
    }

    /** Of nothing. */
    private record NoParams() {}

    /** Of methods that take neither. */
    public static final Choice NONE = new Choice(
            Adaptation.full(),
            options -> options,
            input -> {
                throw new IllegalStateException("the method takes no objective");
            },
            new NoParams());
}
