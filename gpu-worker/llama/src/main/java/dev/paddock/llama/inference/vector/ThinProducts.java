package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.Elements;
import dev.paddock.kernels.Products;
import dev.paddock.kernels.Rows;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.inference.vector.AdapterMatrices.Thin;

/** Adds adapters' updates to a product, {@code y += B A x}. */
final class ThinProducts {
    private final Products products;
    private Rows inner = Rows.allocate(0, 0);
    private Rows update = inner;

    ThinProducts(Products products) {
        this.products = products;
    }

    void add(AdapterMatrices adapter, int layer, Group product, Rows x, int rows, Rows y) {
        Thin thin = adapter.of(layer, product);
        if (thin == null) {
            return;
        }
        inner = roomy(inner, thin.a().stride());
        update = roomy(update, thin.b().stride());
        products.multiply(thin.a(), x, rows, inner);
        products.multiply(thin.b(), inner, rows, update);
        for (int row = 0; row < rows; row++) {
            Elements.add(update.values(), update.at(row), thin.b().rows(), y.values(), y.at(row));
        }
    }

    private static Rows roomy(Rows rows, int stride) {
        return rows.stride() >= stride ? rows : Rows.allocate(Slice.MOST_ROWS, stride);
    }
}
