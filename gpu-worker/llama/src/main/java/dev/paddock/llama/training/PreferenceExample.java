package dev.paddock.llama.training;

import dev.paddock.llama.config.Rules;
import java.util.List;

/**
 * Two answers to one prompt; both stand in one packed row, so that a batch never divides them.
 *
 * @param first prompt and the chosen answer, or the answer that was judged
 * @param second prompt and the rejected answer, or an unrelated one
 * @param desirable whether the first is a good answer; a chosen one is
 * @param weight what the comparison counts in the mean loss
 */
public record PreferenceExample(TrainingExample first, TrainingExample second, boolean desirable, float weight) {
    public PreferenceExample {
        Rules.positive("weight", weight);
    }

    /** A comparison that counts as one. */
    public PreferenceExample(TrainingExample first, TrainingExample second, boolean desirable) {
        this(first, second, desirable, 1);
    }

    List<TrainingExample> documents() {
        return List.of(first, second);
    }
}
