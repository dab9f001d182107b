package dev.paddock.llama.embedding;

import dev.paddock.llama.adapter.LinearHead;
import dev.paddock.llama.inference.DocumentBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** How the last hidden states (behind the model's last norm) of a text's tokens become one vector. */
public enum Pooling {
    /** Their mean. */
    MEAN,
    /** The last one, which has seen all the others. */
    LAST;

    /**
     * One vector {@code [D]} of length 1 for each text, D the model's hidden size.
     *
     * @param documents tokens of each text, one or more each
     * @param adapter an adapter loaded, or null for the bare model
     * @param pass such as {@link dev.paddock.llama.inference.Generator#project}
     */
    public List<float[]> vectors(
            List<int[]> documents,
            @Nullable String adapter,
            int hiddenSize,
            BiFunction<DocumentBatch, LinearHead, float[]> pass) {
        float[] rows = pass.apply(
                new DocumentBatch(documents, true, adapter, rows(documents)), identity(hiddenSize)); // [R, D]
        List<float[]> vectors = new ArrayList<>();
        int row = 0;
        for (int[] document : documents) {
            int count = this == MEAN ? document.length : 1;
            vectors.add(unit(sum(rows, row, count, hiddenSize)));
            row += count;
        }
        return vectors;
    }

    private long[] rows(List<int[]> documents) {
        LongStream.Builder rows = LongStream.builder();
        long first = 0;
        for (int[] document : documents) {
            long end = first + document.length;
            LongStream.range(this == MEAN ? first : end - 1, end).forEach(rows::add);
            first = end;
        }
        return rows.build().toArray();
    }

    /** The mean up to a factor, which does not change the direction. */
    private static double[] sum(float[] rows, int first, int count, int width) {
        double[] sum = new double[width];
        for (int row = first; row < first + count; row++) {
            for (int i = 0; i < width; i++) {
                sum[i] += rows[row * width + i];
            }
        }
        return sum;
    }

    private static float[] unit(double[] vector) {
        double squares = 0;
        for (double value : vector) {
            squares += value * value;
        }
        double length = squares == 0 ? 1 : Math.sqrt(squares);
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return unit;
    }

    /** The head that gives the hidden states themselves. */
    private static LinearHead identity(int width) {
        float[] weight = new float[width * width];
        for (int i = 0; i < width; i++) {
            weight[i * width + i] = 1;
        }
        return new LinearHead(width, width, weight, new float[0]);
    }
}
