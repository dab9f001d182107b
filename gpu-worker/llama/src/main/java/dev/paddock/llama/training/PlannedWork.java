package dev.paddock.llama.training;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run is going to compute, as its rows and settings decide it.
 *
 * @param steps optimizer steps of the whole run
 * @param epoch the batches of a pass over the rows that were looked at
 * @param epochs passes
 * @param share rows that were looked at, as a share of all
 * @param tokens tokens of all rows, without padding
 * @param reference whether a reference is measured on each row first
 * @param scored whether a batch's log-probabilities are computed before its loss
 */
public record PlannedWork(
        int steps, List<BatchShape> epoch, int epochs, double share, long tokens, boolean reference, boolean scored) {
    public PlannedWork {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be above 0 and at most 1, was " + share);
        }
        epoch = List.copyOf(epoch);
    }

    /** The same for all rows, of which these are a share. */
    public PlannedWork sampled(double part) {
        return new PlannedWork(
                (int) Math.ceil(steps / part), epoch, epochs, share * part, (long) (tokens / part), reference, scored);
    }

    /**
     * The plan of the run that these lessons and settings make.
     *
     * @throws IllegalArgumentException when there are no rows
     */
    public static PlannedWork of(Lessons lessons, TrainingSettings settings) {
        List<List<TrainingExample>> rows = lessons.rows();
        ExampleRules.requireRows(rows);
        BatchPlan plan = BatchPlan.of(rows, settings);
        List<BatchShape> shapes = new ArrayList<>();
        plan.firstSteps().forEach(step -> {
            for (List<List<Integer>> batch : plan.batches(step)) {
                shapes.add(BatchShape.of(
                        PackedBatch.of(batch.stream()
                                .map(row -> row.stream()
                                        .flatMap(number -> rows.get(number).stream())
                                        .toList())
                                .toList()),
                        settings.options().causal()));
            }
        });
        boolean compares = lessons instanceof Lessons.Comparisons;
        return new PlannedWork(
                plan.steps(),
                shapes,
                settings.epochs(),
                1,
                rows.stream()
                        .flatMap(List::stream)
                        .mapToLong(TrainingExample::length)
                        .sum(),
                lessons instanceof Lessons.Comparisons comparisons
                        && comparisons.objective().needsReference(),
                compares);
    }
}
