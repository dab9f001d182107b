package dev.paddock.llama.training;

import java.util.List;
import java.util.stream.IntStream;

/** The batches of each step, with the documents of the rows that stand in them. */
final class PlannedBatches {
    private final List<List<TrainingExample>> rows;
    private final BatchPlan plan;
    private final boolean whole;

    /** @param whole whether all documents of a row stand in its batch; else the first one alone */
    PlannedBatches(List<List<TrainingExample>> rows, BatchPlan plan, boolean whole) {
        this.rows = rows;
        this.plan = plan;
        this.whole = whole;
    }

    /** A batch and the numbers of what stands in each of its rows. */
    record PlannedBatch(List<List<Integer>> layout, PackedBatch packed) {
        List<Integer> rows() {
            return layout.stream().flatMap(List::stream).toList();
        }
    }

    int steps() {
        return plan.steps();
    }

    /** Steps that together have every row once. */
    IntStream firstSteps() {
        return plan.firstSteps();
    }

    /** Batches of a step, counted from 1. */
    List<PlannedBatch> of(int step) {
        return plan.batches(step).stream()
                .map(batch -> new PlannedBatch(
                        batch,
                        PackedBatch.of(batch.stream()
                                .map(row -> documents(row, whole ? Integer.MAX_VALUE : 1, 0))
                                .toList())))
                .toList();
    }

    /** The second answers of a batch whose first ones are learnt from. */
    PackedBatch unrelated(PlannedBatch batch) {
        return PackedBatch.of(
                batch.layout().stream().map(row -> documents(row, 1, 1)).toList());
    }

    /** Up to {@code most} documents of each of some rows, from the given one on. */
    private List<TrainingExample> documents(List<Integer> numbers, int most, int from) {
        return numbers.stream()
                .flatMap(number -> rows.get(number).stream().skip(from).limit(most))
                .toList();
    }
}
