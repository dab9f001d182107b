package dev.paddock.llama.training;

import dev.paddock.llama.training.Lessons.Comparisons;
import dev.paddock.llama.training.objective.AnswerScore;
import dev.paddock.llama.training.objective.BatchLoss;
import dev.paddock.llama.training.objective.Rewards;
import dev.paddock.llama.training.objective.ScoredComparison;
import dev.paddock.llama.training.objective.Slope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The weights with which a batch's tokens are learnt, from how likely they are.
 *
 * <p>The reference's log-probabilities are measured once, before the first step, by the model as the run begins (an adapter
 * whose B is zero is switched off), and two numbers a row are kept in memory. Measured in each step they would cost a forward
 * pass a step instead of one an epoch's worth of rows. A run that goes on measures them again before it reads its checkpoint:
 * in the batches of the first epoch, as ever, and so to the same bits.
 */
final class PreferenceLoss {
    private final Comparisons comparisons;
    private final double[][] reference;
    private int measured;

    PreferenceLoss(Comparisons comparisons) {
        this.comparisons = comparisons;
        reference = new double[comparisons.examples().size()][];
    }

    /** Loss of a batch, for each of its places what the place's negative log-likelihood counts, and its rows as they were scored. */
    @SuppressWarnings("ArrayRecordComponent")
    record Weighted(double loss, float[] weights, List<ScoredComparison> scored) {}

    /** Whether the reference's numbers are still to be measured. */
    boolean lacksReference() {
        return comparisons.objective().needsReference() && measured < reference.length;
    }

    /** What the summed loss of rows is divided by. */
    double weight(List<Integer> rows) {
        return rows.stream()
                .mapToDouble(row -> comparisons.examples().get(row).weight())
                .sum();
    }

    /** Whether both answers of a row are learnt from, and so stand in one batch; else the second ones are only scored. */
    boolean learnsFromSecond() {
        return comparisons.objective().learnsFromSecond();
    }

    /** Log-probabilities of a batch's places: of both answers, row by row, or of the first and of the second ones. */
    @SuppressWarnings("ArrayRecordComponent")
    record Scores(float[] first, float @Nullable [] second) {
        private Answers answers() {
            Places places = new Places(first);
            return new Answers(places, second == null ? places : new Places(second));
        }
    }

    /** Where the first and the second answers are read from. */
    private record Answers(Places first, Places second) {}

    /** Keeps the log-probabilities of a batch's places as the reference's. */
    void keepReference(List<Integer> rows, Scores scores) {
        Answers answers = scores.answers();
        for (int row : rows) {
            PreferenceExample example = comparisons.examples().get(row);
            reference[row] = new double[] {
                answers.first().sum(example.first()), answers.second().sum(example.second())
            };
            measured++;
        }
    }

    /** Rows of a batch with the log-probabilities of its places. */
    List<ScoredComparison> scores(List<Integer> rows, Scores scores) {
        Answers answers = scores.answers();
        List<ScoredComparison> scored = new ArrayList<>();
        for (int row : rows) {
            PreferenceExample example = comparisons.examples().get(row);
            double[] base = reference[row] == null ? new double[2] : reference[row];
            scored.add(new ScoredComparison(
                    answers.first().score(example.first(), base[0]),
                    answers.second().score(example.second(), base[1]),
                    example.desirable(),
                    example.weight()));
        }
        return scored;
    }

    /** The batch's loss, and weights for the places of the answers that are learnt from. */
    Weighted weigh(List<Integer> rows, Scores scores) {
        List<ScoredComparison> scored = scores(rows, scores);
        BatchLoss loss = comparisons.objective().loss(scored);
        Places places = new Places(new float[scores.first().length]);
        for (int i = 0; i < rows.size(); i++) {
            PreferenceExample example = comparisons.examples().get(rows.get(i));
            Slope slope = loss.slopes().get(i);
            places.fill(example.first(), -slope.first());
            if (scores.second() == null) {
                places.fill(example.second(), -slope.second());
            }
        }
        return new Weighted(loss.sum(), places.values, scored);
    }

    /** What is reported of scored rows beside their loss, each by its name. */
    Map<String, Double> rewards(List<ScoredComparison> scored) {
        return Rewards.of(comparisons.objective(), scored);
    }

    /** Walks over a batch's places, document by document. */
    private static final class Places {
        private final float[] values;
        private int next;

        Places(float[] values) {
            this.values = values;
        }

        double sum(TrainingExample example) {
            double sum = 0;
            for (float weight : counted(example)) {
                sum += weight * (double) values[next++];
            }
            return sum;
        }

        AnswerScore score(TrainingExample example, double reference) {
            return new AnswerScore(sum(example), reference, counted(example).length);
        }

        void fill(TrainingExample example, double factor) {
            for (float weight : counted(example)) {
                values[next++] = (float) (weight * factor);
            }
        }

        /** Weights of the tokens that are predicted and count, as they are laid out in {@link PackedRows}. */
        private static float[] counted(TrainingExample example) {
            float[] counted = new float[example.length()];
            int count = 0;
            for (int i = 1; i < example.length(); i++) {
                if (example.weights()[i] != 0) {
                    counted[count++] = example.weights()[i];
                }
            }
            return Arrays.copyOf(counted, count);
        }
    }
}
