package dev.paddock.methods.training;

import dev.paddock.llama.training.Adaptation;
import dev.paddock.llama.training.Lessons;
import dev.paddock.methods.objective.LessonInput;
import java.util.function.Function;

/**
 * An order's adapter and objective, bound to their parameters.
 *
 * @param adaptation what of the base is trained
 * @param objective makes lessons of the rows
 * @param params the objective's parameters, for methods that read rows themselves
 */
public record Choice(Adaptation adaptation, Function<LessonInput, Lessons> objective, Record params) {
    /** Of nothing. */
    private record NoParams() {}

    /** Of methods that take neither. */
    public static final Choice NONE = new Choice(
            Adaptation.full(),
            input -> {
                throw new IllegalStateException("the method takes no objective");
            },
            new NoParams());
}
