package dev.paddock.llama.training;

import dev.paddock.llama.training.objective.Objective;
import java.util.List;

/** What a run learns from, and towards what. */
public sealed interface Lessons {
    /** Documents of each row: shuffled as one, packed into one row. */
    List<List<TrainingExample>> rows();

    /** Share of each target that is spread over the vocabulary; 0 for losses that know no such thing. */
    default double labelSmoothing() {
        return 0;
    }

    /** Documents whose tokens are learnt by cross-entropy. */
    record Texts(List<TrainingExample> examples, double labelSmoothing) implements Lessons {
        public Texts {
            examples = List.copyOf(examples);
        }

        /** Without label smoothing. */
        public Texts(List<TrainingExample> examples) {
            this(examples, 0);
        }

        @Override
        public List<List<TrainingExample>> rows() {
            return examples.stream().map(List::of).toList();
        }
    }

    /** Answers that are compared, and the loss of a comparison. */
    record Comparisons(List<PreferenceExample> examples, Objective objective) implements Lessons {
        public Comparisons {
            examples = List.copyOf(examples);
        }

        @Override
        public List<List<TrainingExample>> rows() {
            return examples.stream().map(PreferenceExample::documents).toList();
        }
    }
}
