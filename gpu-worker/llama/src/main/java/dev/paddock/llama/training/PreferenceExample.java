package dev.paddock.llama.training;

import java.util.List;

/**
 * Two answers to one prompt; both stand in one packed row, so that a batch never divides them.
 *
 * @param first prompt and the chosen answer, or the answer that was judged
 * @param second prompt and the rejected answer, or an unrelated one
 * @param desirable whether the first is a good answer; a chosen one is
 */
public record PreferenceExample(TrainingExample first, TrainingExample second, boolean desirable) {
    List<TrainingExample> documents() {
        return List.of(first, second);
    }
}
