package dev.paddock.llama.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which examples stand in which row of which step, for a whole run: a pure function of the examples' lengths, the settings and
 * the seed, so that a step's number is all that a checkpoint needs to know of the data.
 */
final class BatchPlan {
    private static final int OPEN_ROWS = 64;

    private final List<List<List<Integer>>> batches = new ArrayList<>();
    private final int batchesPerStep;
    private final List<Integer> firstBatchOfStep = new ArrayList<>();

    private BatchPlan(int batchesPerStep) {
        this.batchesPerStep = batchesPerStep;
    }

    /** Shuffles each epoch anew and fills rows by first fit; a step never reaches over the end of an epoch. */
    static BatchPlan of(int[] lengths, TrainingSettings settings) {
        BatchPlan plan = new BatchPlan(settings.accumulation());
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            List<List<Integer>> rows = fill(shuffled(lengths.length, settings.seed(), epoch), lengths, settings);
            plan.addEpoch(rows, settings.batchRows());
        }
        return plan;
    }

    private static List<Integer> shuffled(int count, long seed, int epoch) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(Seeds.mix(seed, epoch)));
        return order;
    }

    private static List<List<Integer>> fill(List<Integer> order, int[] lengths, TrainingSettings settings) {
        List<List<Integer>> rows = new ArrayList<>();
        List<Integer> free = new ArrayList<>();
        for (int example : order) {
            int row = Math.max(0, rows.size() - OPEN_ROWS);
            while (row < rows.size() && !(settings.packed() && free.get(row) >= lengths[example])) {
                row++;
            }
            if (row == rows.size()) {
                rows.add(new ArrayList<>());
                free.add(settings.maxLength());
            }
            rows.get(row).add(example);
            free.set(row, free.get(row) - lengths[example]);
        }
        return rows;
    }

    private void addEpoch(List<List<Integer>> rows, int batchRows) {
        int first = batches.size();
        for (int i = 0; i < rows.size(); i += batchRows) {
            batches.add(rows.subList(i, Math.min(rows.size(), i + batchRows)));
        }
        for (int i = first; i < batches.size(); i += batchesPerStep) {
            firstBatchOfStep.add(i);
        }
    }

    int steps() {
        return firstBatchOfStep.size();
    }

    /** Batches of a step counted from 1, each a list of rows, each a list of examples. */
    List<List<List<Integer>>> batches(int step) {
        int from = firstBatchOfStep.get(step - 1);
        int to = step == steps() ? batches.size() : firstBatchOfStep.get(step);
        return batches.subList(from, to);
    }
}
