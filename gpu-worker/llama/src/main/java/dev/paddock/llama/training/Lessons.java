package dev.paddock.llama.training;

import dev.paddock.llama.classification.LabelScheme;
import dev.paddock.llama.training.objective.Objective;
import java.util.List;
import java.util.stream.IntStream;

/** What a run learns from, and towards what. */
public sealed interface Lessons {
    /** Documents of each row: shuffled as one, packed into one row. */
    List<List<TrainingExample>> rows();

    /** For each row what it comes from: rows of one source are held out, or learnt, together. */
    default List<Integer> sources() {
        return IntStream.range(0, rows().size()).boxed().toList();
    }

    /** The same with some of the rows only. */
    Lessons only(List<Integer> numbers);

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
     * @param sources for each document the number of the row that it comes from
     */
    record Texts(List<TrainingExample> examples, double labelSmoothing, List<Integer> sources) implements Lessons {
        public Texts {
            examples = List.copyOf(examples);
            sources = List.copyOf(sources);
        }

        /** Documents of a row each, without label smoothing. */
        public Texts(List<TrainingExample> examples) {
            this(examples, 0, numbers(examples));
        }

        /** Documents of a row each. */
        public static Texts of(List<TrainingExample> examples, double labelSmoothing) {
            return new Texts(examples, labelSmoothing, numbers(examples));
        }

        private static List<Integer> numbers(List<TrainingExample> examples) {
            return IntStream.range(0, examples.size()).boxed().toList();
        }

        @Override
        public List<List<TrainingExample>> rows() {
            return examples.stream().map(List::of).toList();
        }

        @Override
        public Texts only(List<Integer> numbers) {
            return new Texts(
                    numbers.stream().map(examples::get).toList(),
                    labelSmoothing,
                    numbers.stream().map(sources::get).toList());
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
        public Labelled only(List<Integer> numbers) {
            return new Labelled(numbers.stream().map(examples::get).toList(), scheme);
        }

        @Override
        public TrainingOptions options(TrainingOptions options) {
            return options.withCausal(scheme.causal());
        }

        @Override
        public Adaptation adaptation(Adaptation adaptation) {
            return adaptation.withLabels(scheme.labels().size());
        }
    }

    /** Answers that are compared, and the loss of a comparison. */
    record Comparisons(List<PreferenceExample> examples, Objective objective) implements Lessons {
        public Comparisons {
            examples = List.copyOf(examples);
        }

        @Override
        public Comparisons only(List<Integer> numbers) {
            return new Comparisons(numbers.stream().map(examples::get).toList(), objective);
        }

        @Override
        public List<List<TrainingExample>> rows() {
            return examples.stream().map(PreferenceExample::documents).toList();
        }
    }
}
