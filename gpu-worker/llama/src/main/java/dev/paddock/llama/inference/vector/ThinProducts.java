package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.Elements;
import dev.paddock.kernels.Products;
import dev.paddock.kernels.Rows;
import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.inference.vector.AdapterMatrices.Thin;
import java.util.List;

/** Adds adapters' updates to a product, {@code y += B A x} or what {@link dev.paddock.llama.adapter.AdapterForm} says instead. */
final class ThinProducts {
    private final Products products;
    private Rows inner = Rows.allocate(0, 0);
    private Rows update = inner;

    ThinProducts(Products products) {
        this.products = products;
    }

    /** @param acted for each row, takes the weights with which adapters under gates act on it */
    void add(AdapterMatrices adapter, int layer, Group product, Rows x, int rows, Rows y, List<float[]> acted) {
        Thin thin = adapter.of(layer, product);
        if (thin == null) {
            return;
        }
        inner = roomy(inner, thin.a().stride());
        update = roomy(update, thin.b().stride());
        products.multiply(thin.a(), thin.form().readsOutputs() ? y : x, rows, inner);
        if (thin.form().isBottleneck()) {
            bend(thin.a().rows(), rows);
        }
        if (thin.form() == AdapterForm.ROUTED) {
            weigh(thin, rows, acted);
        }
        products.multiply(thin.b(), inner, rows, update);
        for (int row = 0; row < rows; row++) {
            Elements.add(update.values(), update.at(row), thin.b().rows(), y.values(), y.at(row));
        }
        if (thin.scale().length > 0) {
            scale(thin, rows, y);
        }
    }

    private void bend(int width, int rows) {
        for (int row = 0; row < rows; row++) {
            for (int i = inner.at(row); i < inner.at(row) + width; i++) {
                inner.values()[i] = (float) Math.tanh(inner.values()[i]);
            }
        }
    }

    private void weigh(Thin thin, int rows, List<float[]> acted) {
        int rank = thin.b().columns();
        int gates = thin.a().rows() - rank;
        for (int row = 0; row < rows; row++) {
            Router.weigh(thin.route(), rank, gates, inner.values(), inner.at(row), acted.get(row));
        }
    }

    private static void scale(Thin thin, int rows, Rows y) {
        float[] values = y.values();
        for (int row = 0; row < rows; row++) {
            int at = y.at(row);
            for (int i = 0; i < thin.scale().length; i++) {
                values[at + i] = values[at + i] * thin.scale()[i] + thin.shift()[i];
            }
        }
    }

    private static Rows roomy(Rows rows, int stride) {
        return rows.stride() >= stride ? rows : Rows.allocate(Slice.MOST_ROWS, stride);
    }
}
