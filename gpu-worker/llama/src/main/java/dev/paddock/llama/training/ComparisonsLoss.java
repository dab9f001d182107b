package dev.paddock.llama.training;

import dev.paddock.llama.training.Lessons.Comparisons;
import dev.paddock.llama.training.objective.ScoredComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Comparisons that are measured and never learnt, laid out one a row in batches as large as the run's own. */
final class ComparisonsLoss implements MeasuredLoss {
    private final PreferenceLoss loss;
    private final List<Batch> batches = new ArrayList<>();

    ComparisonsLoss(Comparisons comparisons, TrainingSettings settings) {
        loss = new PreferenceLoss(comparisons);
        List<PreferenceExample> examples = comparisons.examples();
        for (int first = 0; first < examples.size(); first += settings.batchRows()) {
            int end = Math.min(examples.size(), first + settings.batchRows());
            batches.add(Batch.of(
                    IntStream.range(first, end).boxed().toList(),
                    examples.subList(first, end),
                    loss.learnsFromSecond()));
        }
    }

    /** Numbers of some comparisons, and their answers: together, or the second ones apart. */
    private record Batch(
            List<Integer> rows,
            PackedBatch answers,
            @Nullable PackedBatch second) {
        static Batch of(List<Integer> rows, List<PreferenceExample> examples, boolean together) {
            return together
                    ? new Batch(rows, pack(examples, 0, 2), null)
                    : new Batch(rows, pack(examples, 0, 1), pack(examples, 1, 2));
        }

        private static PackedBatch pack(List<PreferenceExample> examples, int from, int to) {
            return PackedBatch.of(examples.stream()
                    .map(example -> example.documents().subList(from, to))
                    .toList());
        }

        PreferenceLoss.Scores scores(TrainingStep stepper) {
            return new PreferenceLoss.Scores(
                    stepper.logProbabilities(answers), second == null ? null : stepper.logProbabilities(second));
        }
    }

    @Override
    public void prepare(TrainingStep stepper, Runnable atWork) {
        if (loss.lacksReference()) {
            for (Batch batch : batches) {
                atWork.run();
                loss.keepReference(batch.rows(), batch.scores(stepper));
            }
        }
    }

    @Override
    public Measured measure(TrainingStep stepper, Runnable atWork) {
        double sum = 0;
        double weight = 0;
        List<ScoredComparison> scored = new ArrayList<>();
        for (Batch batch : batches) {
            atWork.run();
            PreferenceLoss.Weighted weighted = loss.weigh(batch.rows(), batch.scores(stepper));
            sum += weighted.loss();
            scored.addAll(weighted.scored());
            weight += loss.weight(batch.rows());
        }
        return new Measured(sum / weight, loss.rewards(scored));
    }
}
