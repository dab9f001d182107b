package dev.paddock.llama.training;

import dev.paddock.llama.config.Rules;
import java.util.List;

/**
 * Lessons that a run measures and never trains on.
 *
 * @param name what the measured loss is called by
 * @param everySteps steps between two measurements; 0 for none between the first and the last
 */
public record ValidationSet(String name, Lessons lessons, int everySteps) {
    public ValidationSet {
        Rules.atLeast("steps between measurements", everySteps, 0);
        if (lessons.rows().stream().flatMap(List::stream).allMatch(example -> example.targets() == 0)) {
            throw new IllegalArgumentException("validation set " + name + " has no token to predict");
        }
    }

    /** Documents. */
    public ValidationSet(String name, List<TrainingExample> examples, int everySteps) {
        this(name, new Lessons.Texts(examples), everySteps);
    }

    /** Whether it is time after a step; 0 is before the first. */
    boolean due(int step, int steps) {
        return step == 0 || step == steps || (everySteps > 0 && step % everySteps == 0);
    }

    /** Whether the loss is a negative log-likelihood of tokens, whose exponential is a perplexity. */
    public boolean isText() {
        return lessons instanceof Lessons.Texts;
    }

    /** The loss of the set, laid out in batches as large as the run's own. */
    MeasuredLoss loss(TrainingSettings settings) {
        return lessons instanceof Lessons.Comparisons comparisons
                ? new ComparisonsLoss(comparisons, settings)
                : new ValidationLoss(
                        lessons.rows().stream().flatMap(List::stream).toList(), settings);
    }
}
