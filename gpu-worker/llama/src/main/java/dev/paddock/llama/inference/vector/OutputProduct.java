package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.Elements;
import dev.paddock.kernels.Products;
import dev.paddock.kernels.Rows;
import dev.paddock.llama.inference.ManyRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last norm and the product with the vocabulary. */
final class OutputProduct {
    private final DecoderWeights weights;
    private final double epsilon;
    private final Products products;
    private final Rows normed;
    private Rows logits;
    private @Nullable ManyRows many;

    OutputProduct(DecoderWeights weights, double epsilon, Products products) {
        this.weights = weights;
        this.epsilon = epsilon;
        this.products = products;
        normed = Rows.allocate(Slice.MOST_ROWS, weights.norm().length); // [N, D]
        logits = Rows.allocate(1, weights.output().stride()); // [N, V]
    }

    /** From now on products of many rows are computed there. */
    void take(ManyRows product) {
        many = product;
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
        if (many != null && rows.size() >= many.fewest()) {
            many.outputs(normed, rows.size(), logits);
        } else {
            products.multiply(weights.output(), normed, rows.size(), logits);
        }
        return logits;
    }
}
