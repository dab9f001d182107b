package dev.paddock.llama.inference.vector;

import dev.paddock.llama.inference.StepInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows that pass through the layers together: of one or several sequences, those of one adapter beside each other. */
record Slice(List<Row> rows) {
    /** Most rows in a slice. */
    static final int MOST_ROWS = 32;

    /**
     * One token.
     *
     * @param position its place in the sequence
     * @param input which of the step's inputs it belongs to
     * @param offset its place in that input
     */
    record Row(int token, int position, VectorSequence sequence, int input, int offset) {}

    /** Rows {@code [first, first + count)} of one adapter. */
    record Group(int first, int count, @Nullable String adapter) {}

    Slice {
        rows = List.copyOf(rows);
    }

    /** Cuts a step's tokens into slices. */
    static List<Slice> of(List<StepInput> batch, LongFunction<VectorSequence> find) {
        List<VectorSequence> sequences =
                batch.stream().map(input -> find.apply(input.sequence())).toList();
        List<Row> rows = new ArrayList<>();
        IntStream.range(0, batch.size())
                .boxed()
                .sorted(Comparator.comparing(
                        input -> sequences.get(input).adapter(), Comparator.nullsFirst(Comparator.naturalOrder())))
                .forEach(input -> add(rows, batch.get(input).tokens(), sequences.get(input), input));
        List<Slice> slices = new ArrayList<>();
        for (int at = 0; at < rows.size(); at += MOST_ROWS) {
            slices.add(new Slice(rows.subList(at, Math.min(at + MOST_ROWS, rows.size()))));
        }
        return slices;
    }

    private static void add(List<Row> rows, int[] tokens, VectorSequence sequence, int input) {
        for (int i = 0; i < tokens.length; i++) {
            rows.add(new Row(tokens[i], sequence.length() + i, sequence, input, i));
        }
    }

    int size() {
        return rows.size();
    }

    /** Its rows by adapter. */
    List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        int first = 0;
        for (int row = 1; row <= rows.size(); row++) {
            String adapter = rows.get(first).sequence().adapter();
            if (row == rows.size()
                    || !Objects.equals(adapter, rows.get(row).sequence().adapter())) {
                groups.add(new Group(first, row - first, adapter));
                first = row;
            }
        }
        return groups;
    }
}
