package dev.paddock.llama.training;

import dev.paddock.llama.classification.LabelScheme;
import dev.paddock.llama.training.objective.Objective;
import java.util.List;

/** What a run learns from, and towards what. */
public sealed interface Lessons {
    /** Documents of each row: shuffled as one, packed into one row. */
    List<List<TrainingExample>> rows();

    /** The options of a run over these lessons. */
    default TrainingOptions options(TrainingOptions options) {
        return options;
    }

    /** What is trained for these lessons. */
    default Adaptation adaptation(Adaptation adaptation) {
        return adaptation;
    }

    /**
     * Documents whose tokens are learnt by cross-entropy.
     *
     * @param labelSmoothing share of each target that is spread over the vocabulary
     */
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

        @Override
        public TrainingOptions options(TrainingOptions options) {
            return labelSmoothing == 0 ? options : options.withLabelSmoothing(labelSmoothing);
        }
    }

    /** Texts whose labels are learnt by a head on the last hidden states. */
    record Labelled(List<TrainingExample> examples, LabelScheme scheme) implements Lessons {
        public Labelled {
            examples = List.copyOf(examples);
        }

        @Override
        public List<List<TrainingExample>> rows() {
            return examples.stream().map(List::of).toList();
        }

        @Override
        public TrainingOptions options(TrainingOptions options) {
            return options.withCausal(scheme.causal());
        }

        @Override
        public Adaptation adaptation(Adaptation adaptation) {
            if (adaptation.everything()) {
                throw new IllegalArgumentException(
                        "a classification head stands beside an adapter: take lora, or another one, instead of full");
            }
            return adaptation.withLabels(scheme.labels().size());
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
