package dev.paddock.llama.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Documents of a validation set laid out in batches as large as the run's own. */
final class ValidationLoss implements MeasuredLoss {
    private final List<PackedBatch> batches = new ArrayList<>();

    ValidationLoss(List<TrainingExample> examples, TrainingSettings settings) {
        List<List<TrainingExample>> rows = new ArrayList<>();
        int room = 0;
        for (TrainingExample example : examples) {
            if (rows.isEmpty() || !settings.packed() || example.length() > room) {
                rows.add(new ArrayList<>());
                room = settings.maxLength();
            }
            rows.get(rows.size() - 1).add(example);
            room -= example.length();
        }
        for (int row = 0; row < rows.size(); row += settings.batchRows()) {
            batches.add(PackedBatch.of(rows.subList(row, Math.min(rows.size(), row + settings.batchRows()))));
        }
    }

    /**
     * Mean negative log-likelihood of the counted tokens in nats, by their weights, without dropout and noise.
     *
     * @param atWork called before each batch
     */
    @Override
    public Measured measure(TrainingStep stepper, Runnable atWork) {
        double sum = 0;
        double weight = 0;
        for (PackedBatch batch : batches) {
            atWork.run();
            float[] scores = stepper.logProbabilities(batch);
            for (int i = 0; i < scores.length; i++) {
                sum -= batch.weights()[i] * (double) scores[i];
            }
            weight += batch.totalWeight();
        }
        return new Measured(sum / weight, Map.of());
    }
}
