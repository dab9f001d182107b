package dev.paddock.llama.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which examples stand in which row of which step, for a whole run: a pure function of the examples' lengths and phases, the
 * settings and the seed, so that a step's number is all that a checkpoint needs to know of the data. A pass is an epoch over the
 * examples of one phase; one pass's rows are held at a time.
 */
final class BatchPlan {
    private static final int OPEN_ROWS = 64;
    /** Most batches whose rows are sorted by length together, as in Hugging Face's trainer. */
    private static final int GROUPED_BATCHES = 50;

    private final int[] lengths;
    private final List<List<Integer>> phases;
    private final TrainingSettings settings;
    /** Steps before each pass; behind the last pass all steps. */
    private final int[] stepsBefore;

    private int pass;
    private List<List<Integer>> rows;

    private BatchPlan(int[] lengths, List<List<Integer>> phases, TrainingSettings settings) {
        this.lengths = lengths;
        this.phases = phases;
        this.settings = settings;
        int passes = phases.size() * settings.epochs();
        stepsBefore = new int[passes + 1];
        rows = List.of();
        for (pass = 0; pass < passes; pass++) {
            rows = fill(pass);
            stepsBefore[pass + 1] = stepsBefore[pass] + parts(parts(rows.size(), settings.batchRows()), perStep());
        }
        pass = passes - 1;
    }

    /**
     * Shuffles the examples of each pass anew, fills rows by first fit, and groups them where asked; a step never reaches over a
     * pass's end. All epochs of a phase come before the next phase.
     *
     * @param examples documents of each example
     */
    static BatchPlan of(List<List<TrainingExample>> examples, TrainingSettings settings) {
        int[] lengths = examples.stream()
                .mapToInt(documents ->
                        documents.stream().mapToInt(TrainingExample::length).sum())
                .toArray();
        return new BatchPlan(lengths, Phases.of(examples, settings.options().phases()), settings);
    }

    private int perStep() {
        return settings.accumulation();
    }

    private static int parts(int whole, int size) {
        return (whole + size - 1) / size;
    }

    private List<Integer> shuffled(int number) {
        List<Integer> order = new ArrayList<>(phases.get(number / settings.epochs()));
        Collections.shuffle(order, new Random(Seeds.mix(settings.seed(), number)));
        return order;
    }

    private List<List<Integer>> fill(int number) {
        List<List<Integer>> filled = packed(shuffled(number));
        return settings.options().groupByLength() ? grouped(filled, number) : filled;
    }

    /**
     * Rows of like length in the same batches: sorted by length among as many as some batches hold, then cut into batches, whose
     * order is shuffled. A last batch that is not full stays the last one.
     */
    private List<List<Integer>> grouped(List<List<Integer>> ungrouped, int number) {
        int size = settings.batchRows();
        int together = size * Math.max(1, Math.min(GROUPED_BATCHES, ungrouped.size() / (4 * size)));
        List<List<Integer>> sorted = new ArrayList<>(ungrouped);
        for (int first = 0; first < sorted.size(); first += together) {
            sorted.subList(first, Math.min(sorted.size(), first + together))
                    .sort(Comparator.comparingInt(this::length).reversed());
        }
        List<Integer> order = new ArrayList<>();
        for (int first = 0; first + size <= sorted.size(); first += size) {
            order.add(first);
        }
        Collections.shuffle(order, new Random(Seeds.mix(Seeds.mix(settings.seed(), number), -1)));
        List<List<Integer>> shuffled = new ArrayList<>(sorted.size());
        order.forEach(first -> shuffled.addAll(sorted.subList(first, first + size)));
        shuffled.addAll(sorted.subList(order.size() * size, sorted.size()));
        return shuffled;
    }

    private int length(List<Integer> row) {
        return row.stream().mapToInt(example -> lengths[example]).sum();
    }

    private List<List<Integer>> packed(List<Integer> order) {
        List<List<Integer>> filled = new ArrayList<>();
        List<Integer> free = new ArrayList<>();
        for (int example : order) {
            int row = Math.max(0, filled.size() - OPEN_ROWS);
            while (row < filled.size() && !(settings.packed() && free.get(row) >= lengths[example])) {
                row++;
            }
            if (row == filled.size()) {
                filled.add(new ArrayList<>());
                free.add(settings.maxLength());
            }
            filled.get(row).add(example);
            free.set(row, free.get(row) - lengths[example]);
        }
        return filled;
    }

    int steps() {
        return stepsBefore[stepsBefore.length - 1];
    }

    /** Steps of the first pass over each phase; together they have every example once. */
    IntStream firstSteps() {
        return IntStream.range(0, phases.size())
                .map(phase -> phase * settings.epochs())
                .flatMap(first -> IntStream.rangeClosed(stepsBefore[first] + 1, stepsBefore[first + 1]));
    }

    /** Batches of a step counted from 1, each a list of rows, each a list of examples. */
    List<List<List<Integer>>> batches(int step) {
        turnTo(step);
        List<List<List<Integer>>> batches = new ArrayList<>();
        int size = settings.batchRows();
        int first = (step - 1 - stepsBefore[pass]) * perStep() * size;
        int end = Math.min(rows.size(), first + perStep() * size);
        for (int row = first; row < end; row += size) {
            batches.add(rows.subList(row, Math.min(end, row + size)));
        }
        return batches;
    }

    /** Fills the rows of the step's pass, unless they are. */
    private void turnTo(int step) {
        int wanted = pass;
        while (step <= stepsBefore[wanted]) {
            wanted--;
        }
        while (step > stepsBefore[wanted + 1]) {
            wanted++;
        }
        if (wanted != pass) {
            rows = fill(wanted);
            pass = wanted;
        }
    }
}
