package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.Elements;
import dev.paddock.kernels.Matrix;
import dev.paddock.kernels.Products;
import dev.paddock.kernels.Rows;
import java.util.List;

/**
 * Projections that read the same input.
 *
 * @param parts their matrices, one after the other
 * @param bias {@code [outputs]}, or empty
 */
@SuppressWarnings("ArrayRecordComponent")
record Linear(List<Part> parts, float[] bias) {
    /**
     * One matrix.
     *
     * @param firstOutput where its outputs begin among those of all
     */
    record Part(Matrix matrix, int firstOutput) {}

    Linear {
        parts = List.copyOf(parts);
    }

    /** Numbers that {@link #multiply} writes for each row; the outputs are the first of them. */
    int stride() {
        return parts.stream()
                .mapToInt(part -> part.firstOutput() + part.matrix().stride())
                .max()
                .orElse(0);
    }

    long bytes() {
        return parts.stream().mapToLong(part -> part.matrix().bytes()).sum() + (long) bias.length * Float.BYTES;
    }

    /** Reads the weights of an output, fp32. */
    void row(int output, float[] into) {
        for (Part part : parts) {
            int own = output - part.firstOutput();
            if (own >= 0 && own < part.matrix().rows()) {
                part.matrix().row(own, into, 0);
                return;
            }
        }
        throw new IndexOutOfBoundsException(output);
    }

    /** {@code y = W x + bias}; a part overwrites what the one before has written beyond its outputs. */
    void multiply(Products products, Rows x, int rows, Rows y) {
        for (Part part : parts) {
            products.multiply(part.matrix(), x, rows, y.shifted(part.firstOutput()));
        }
        if (bias.length > 0) {
            for (int row = 0; row < rows; row++) {
                Elements.add(bias, 0, bias.length, y.values(), y.at(row));
            }
        }
    }
}
