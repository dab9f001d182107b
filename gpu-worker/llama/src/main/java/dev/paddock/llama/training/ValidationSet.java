package dev.paddock.llama.training;

import java.util.List;

/**
 * Documents that a run measures and never trains on.
 *
 * @param name what the measured loss is called by
 */
public record ValidationSet(String name, List<TrainingExample> examples) {
    public ValidationSet {
        examples = List.copyOf(examples);
        if (examples.stream().allMatch(example -> example.targets() == 0)) {
            throw new IllegalArgumentException("validation set " + name + " has no token to predict");
        }
    }
}
