package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.Elements;
import dev.paddock.kernels.Products;
import dev.paddock.kernels.Rows;
import java.util.List;

/** The last norm and the product with the vocabulary. */
final class OutputProduct {
    private final DecoderWeights weights;
    private final double epsilon;
    private final Products products;
    private final Rows normed;
    private Rows logits;

    OutputProduct(DecoderWeights weights, double epsilon, Products products) {
        this.weights = weights;
        this.epsilon = epsilon;
        this.products = products;
        normed = Rows.allocate(Slice.MOST_ROWS, weights.norm().length); // [N, D]
        logits = Rows.allocate(1, weights.output().stride()); // [N, V]
    }

    int vocabulary() {
        return weights.output().rows();
    }

    /** Logits {@code [rows, V]} of some rows, which stay until the next call. */
    Rows multiply(Rows hidden, List<Integer> rows) {
        for (int i = 0; i < rows.size(); i++) {
            Elements.rootMeanSquareNorm(
                    hidden.values(), hidden.at(rows.get(i)), weights.norm(), epsilon, normed.values(), normed.at(i));
        }
        if (logits.values().length < rows.size() * logits.stride()) {
            logits = Rows.allocate(rows.size(), logits.stride());
        }
        products.multiply(weights.output(), normed, rows.size(), logits);
        return logits;
    }
}
