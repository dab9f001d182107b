package dev.paddock.llama.adapter;

import dev.paddock.llama.adapter.LoraAdapter.Update;

/** Rows of a matrix with a low-rank update added: what a merged model has, and what DoRA takes the norms of. */
public final class AdaptedRow {
    private AdaptedRow() {}

    /**
     * Turns a row of the base's matrix into that of the adapted one: {@code W + s B A}, scaled to the row's magnitude for DoRA.
     *
     * @param row output that it belongs to
     * @param weights the base's row, {@code [inputs]}, changed in place
     * @throws IllegalArgumentException for a form that is no change of the matrix
     */
    public static void merge(Update update, int row, float[] weights) {
        if (!update.form().isMatrix()) {
            throw new IllegalArgumentException("a " + update.form().formName() + " adapter has "
                    + update.form().obstacle() + " and cannot be merged into a matrix: serve it beside its base");
        }
        add(update, row, weights);
        if (update.form() == AdapterForm.DORA) {
            double scale = update.magnitude()[row] / norm(weights);
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) (weights[i] * scale);
            }
        }
    }

    /** What DoRA multiplies an output with: its magnitude over the norm of its row of {@code W + s B A}, which is written. */
    static double scale(Update update, int row, float[] weights) {
        add(update, row, weights);
        return update.magnitude()[row] / norm(weights);
    }

    private static void add(Update update, int row, float[] weights) {
        int rank = update.rank();
        float[] a = update.a();
        for (int r = 0; r < rank; r++) {
            float factor = (float) (update.scale() * update.b()[row * rank + r]);
            int from = r * weights.length;
            for (int i = 0; i < weights.length; i++) {
                weights[i] += factor * a[from + i];
            }
        }
    }

    private static double norm(float[] values) {
        double square = 0;
        for (float value : values) {
            square += value * (double) value;
        }
        return Math.sqrt(square);
    }
}
