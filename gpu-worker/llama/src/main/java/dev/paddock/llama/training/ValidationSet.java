package dev.paddock.llama.training;

import java.util.List;

/**
 * Lessons that a run measures and never trains on.
 *
 * @param name what the measured loss is called by
 */
public record ValidationSet(String name, Lessons lessons) {
    public ValidationSet {
        if (lessons.rows().stream().flatMap(List::stream).allMatch(example -> example.targets() == 0)) {
            throw new IllegalArgumentException("validation set " + name + " has no token to predict");
        }
    }

    /** Documents. */
    public ValidationSet(String name, List<TrainingExample> examples) {
        this(name, new Lessons.Texts(examples));
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
