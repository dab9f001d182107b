package dev.paddock.llama.training;

import java.util.Arrays;
import java.util.List;

/**
 * Rows of equal length in which documents stand one after another without seeing each other.
 *
 * @param rows number of rows, B
 * @param length tokens of a row, T
 * @param ids token ids, {@code [B * T]}; 0 where a row is not filled
 * @param positions position of each token in its document, {@code [B * T]}; 0 where a row is not filled
 * @param documents number of each token's document in its row, {@code [B * T]}
 * @param places indices into {@code ids} from which a counted token is predicted, {@code [M]}
 * @param targets the token to be predicted at each place, {@code [M]}
 * @param weights what each prediction counts, {@code [M]}
 * @param tokens tokens that are not padding
 */
@SuppressWarnings("ArrayRecordComponent")
record PackedBatch(
        int rows,
        int length,
        long[] ids,
        long[] positions,
        long[] documents,
        long[] places,
        long[] targets,
        float[] weights,
        int tokens) {
    private static final int ROUNDING = 16;

    /** Lays documents out; each row is as long as the fullest, rounded up to a multiple of 16. */
    static PackedBatch of(List<List<TrainingExample>> rows) {
        int longest = rows.stream()
                .mapToInt(row -> row.stream().mapToInt(TrainingExample::length).sum())
                .max()
                .orElseThrow();
        int length = (longest + ROUNDING - 1) / ROUNDING * ROUNDING;
        PackedRows packed = new PackedRows(rows.size(), length);
        for (int row = 0; row < rows.size(); row++) {
            packed.addRow(row, rows.get(row));
        }
        return packed.toBatch();
    }

    /** Sum of the weights of all predictions. */
    double totalWeight() {
        double sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        return sum;
    }

    /** Half-width {@code alpha / sqrt(length · width)} of the noise on each token, by the length of its document. */
    float[] noise(double alpha, int width) {
        float[] noise = new float[ids.length];
        for (int first = 0, end; first < ids.length; first = end) {
            end = first + 1;
            while (end < ids.length && end % length != 0 && documents[end] == documents[first]) {
                end++;
            }
            Arrays.fill(noise, first, end, (float) (alpha / Math.sqrt((double) (end - first) * width)));
        }
        return noise;
    }
}
