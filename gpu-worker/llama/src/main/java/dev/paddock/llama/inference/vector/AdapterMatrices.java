package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.Matrix;
import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.AdapterRules;
import dev.paddock.llama.adapter.BaseRows;
import dev.paddock.llama.adapter.JoinedUpdate;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An adapter's thin matrices in fp32, joined as the model's products are. */
final class AdapterMatrices {
    /**
     * An update of one product.
     *
     * @param form how it acts
     * @param a {@code [r, in]}; {@code [r, out]} for a series adapter; with the gates below it for a routed one
     * @param b {@code [out, r]}, scale included
     * @param scale DoRA's factor of every output, {@code [out]}, or empty
     * @param shift what is added then, {@code [out]}, or empty
     * @param route which gates below a weigh its rows, as {@link JoinedUpdate} has it, or empty
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Thin(AdapterForm form, Matrix a, Matrix b, float[] scale, float[] shift, long[] route) {
        long bytes() {
            return a.bytes() + b.bytes() + (long) Float.BYTES * (scale.length + shift.length);
        }
    }

    private final List<Map<Group, Thin>> layers = new ArrayList<>();
    private final int routed;

    /** @throws dev.paddock.llama.config.UnsupportedModelException naming an update that does not fit the model */
    AdapterMatrices(LoraAdapter adapter, LlamaConfig config, DecoderWeights weights) {
        routed = adapter.routed();
        AdapterRules.requireServable(adapter, config);
        BaseRows base = (layer, projection, row, into) ->
                weights.layers().get(layer).of(projection.group()).row(projection.firstOutput(config) + row, into);
        for (int layer = 0; layer < config.layers(); layer++) {
            Map<Group, Thin> thin = new EnumMap<>(Group.class);
            for (Group product : Group.values()) {
                JoinedUpdate update = JoinedUpdate.of(adapter, layer, product, config, base);
                if (update.rank() > 0) {
                    thin.put(
                            product,
                            thin(update, weights.layers().get(layer).of(product).bias()));
                }
            }
            layers.add(thin);
        }
    }

    private static Thin thin(JoinedUpdate update, float[] bias) {
        return new Thin(
                update.form(),
                matrix(update.a(), update.rows(), update.inputs()),
                matrix(update.b(), update.outputs(), update.rank()),
                update.outputScale(),
                update.shift(bias),
                update.route());
    }

    private static Matrix matrix(float[] values, int rows, int columns) {
        return Matrix.fp32(rows, columns, (row, into) -> System.arraycopy(values, row * columns, into, 0, columns));
    }

    /** Adapters that gates choose among; 0 where there is no gate. */
    int routed() {
        return routed;
    }

    /** The update of a product; null where the adapter leaves it as it is. */
    @Nullable Thin of(int layer, Group product) {
        return layers.get(layer).get(product);
    }

    long bytes() {
        return layers.stream()
                .flatMap(layer -> layer.values().stream())
                .mapToLong(Thin::bytes)
                .sum();
    }
}
