package dev.paddock.llama.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds a {@link PackedBatch} row by row. */
final class PackedRows {
    private final int rows;
    private final int length;
    private final long[] ids;
    private final long[] positions;
    private final long[] documents;
    private final List<Long> places = new ArrayList<>();
    private final List<Long> targets = new ArrayList<>();
    private final List<Float> weights = new ArrayList<>();
    private int tokens;

    PackedRows(int rows, int length) {
        this.rows = rows;
        this.length = length;
        ids = new long[rows * length];
        positions = new long[rows * length];
        documents = new long[rows * length];
    }

    void addRow(int row, List<TrainingExample> examples) {
        int at = row * length;
        int end = at + length;
        for (int document = 0; document < examples.size(); document++) {
            at = addDocument(at, document, examples.get(document));
        }
        Arrays.fill(documents, at, end, examples.size());
    }

    private int addDocument(int first, int document, TrainingExample example) {
        for (int i = 0; i < example.length(); i++) {
            ids[first + i] = example.tokens()[i];
            positions[first + i] = i;
            documents[first + i] = document;
            addTarget(first, i, example);
        }
        tokens += example.length();
        return first + example.length();
    }

    /** A token is predicted at the place before it, a label at its own. */
    private void addTarget(int first, int i, TrainingExample example) {
        boolean labelled = example.isLabelled();
        if (example.weights()[i] != 0 && (labelled || i > 0)) {
            places.add((long) first + i - (labelled ? 0 : 1));
            targets.add((long) (labelled ? example.labels()[i] : example.tokens()[i]));
            weights.add(example.weights()[i]);
        }
    }

    PackedBatch toBatch() {
        float[] counted = new float[weights.size()];
        for (int i = 0; i < counted.length; i++) {
            counted[i] = weights.get(i);
        }
        return new PackedBatch(rows, length, ids, positions, documents, longs(places), longs(targets), counted, tokens);
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
