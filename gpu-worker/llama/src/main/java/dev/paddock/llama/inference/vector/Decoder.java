package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.Attention;
import dev.paddock.kernels.Elements;
import dev.paddock.kernels.KeyValueCache;
import dev.paddock.kernels.Products;
import dev.paddock.kernels.Rows;
import dev.paddock.kernels.Team;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.ManyRows;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes a slice of N rows through all layers.
 *
 * <p>N rows, D hidden size, H query heads, K key and value heads, E head size, F feed-forward size.
 */
final class Decoder {
    private final LlamaConfig config;
    private final DecoderWeights weights;
    private final Products products;
    private final ThinProducts thin;
    private final Attention attention;
    private final Function<String, AdapterMatrices> adapters;

    private final Rows hidden;
    private final Rows normed;
    private final Rows queryKeyValue;
    private final Rows attended;
    private final Rows gateUp;
    private final Rows gated;
    private final Rows projected;
    private final Rows cosines;
    private final Rows sines;
    private final KeyValueCache[] caches = new KeyValueCache[Slice.MOST_ROWS];
    private final int[] seen = new int[Slice.MOST_ROWS];
    private @Nullable ManyRows many;

    Decoder(LlamaConfig config, DecoderWeights weights, Team team, Function<String, AdapterMatrices> adapters) {
        this.config = config;
        this.weights = weights;
        this.adapters = adapters;
        products = new Products(team);
        thin = new ThinProducts(team);
        attention = new Attention(team, config.heads(), config.keyValueHeads(), config.headSize());
        hidden = rows(config.hiddenSize()); // [N, D]
        normed = rows(config.hiddenSize()); // [N, D]
        queryKeyValue = rows(widest(DecoderLayer::queryKeyValue)); // [N, (H + 2K)E]
        attended = rows(config.querySize()); // [N, HE]
        gateUp = rows(widest(DecoderLayer::gateUp)); // [N, 2F]
        gated = rows(config.intermediateSize()); // [N, F]
        projected = rows(Math.max(widest(DecoderLayer::output), widest(DecoderLayer::down))); // [N, D]
        cosines = rows(config.headSize()); // [N, E]
        sines = rows(config.headSize()); // [N, E]
    }

    private static Rows rows(int stride) {
        return Rows.allocate(Slice.MOST_ROWS, stride);
    }

    private int widest(Function<DecoderLayer, Linear> product) {
        return weights.layers().stream()
                .mapToInt(layer -> product.apply(layer).stride())
                .max()
                .orElse(0);
    }

    /** From now on products of many rows are computed there. */
    void take(ManyRows products) {
        many = products;
    }

    /** What multiplies, for the output too. */
    Products products() {
        return products;
    }

    /** The last layer's rows {@code [N, D]}, which stay until the next slice. */
    Rows forward(Slice slice) {
        embed(slice);
        thin.begin(slice, adapters);
        for (int layer = 0; layer < config.layers(); layer++) {
            attend(slice, layer);
            feedForward(slice, layer);
        }
        return hidden;
    }

    /** For each row of the last slice, the weights with which adapters under gates acted on it, summed over all gates. */
    List<float[]> acted() {
        return thin.acted();
    }

    private void embed(Slice slice) {
        for (int i = 0; i < slice.size(); i++) {
            Slice.Row row = slice.rows().get(i);
            weights.embedding().row(row.token(), hidden.values(), hidden.at(i));
            row.sequence().rotary().write(row.position(), cosines.values(), sines.values(), i);
            seen[i] = row.position() + 1;
        }
    }

    private void attend(Slice slice, int index) {
        DecoderLayer layer = weights.layers().get(index);
        norm(slice, layer.attentionNorm());
        multiply(layer.queryKeyValue(), index, Group.QKV, normed, slice.size(), queryKeyValue);
        for (int i = 0; i < slice.size(); i++) {
            caches[i] = slice.rows().get(i).sequence().cache(index);
            keep(i, caches[i], seen[i] - 1);
        }
        attention.attend(queryKeyValue, slice.size(), caches, seen, attended);
        multiply(layer.output(), index, Group.O, attended, slice.size(), projected);
        addToHidden(slice.size());
    }

    private void keep(int row, KeyValueCache cache, int position) {
        int at = queryKeyValue.at(row);
        int turning = config.heads() + config.keyValueHeads();
        float[] values = queryKeyValue.values();
        Elements.rotate(values, at, turning, config.headSize(), cosines.values(), sines.values(), cosines.at(row));
        int keys = at + config.querySize();
        cache.put(position, values, keys, values, keys + config.keyValueSize());
    }

    private void feedForward(Slice slice, int index) {
        DecoderLayer layer = weights.layers().get(index);
        norm(slice, layer.feedForwardNorm());
        multiply(layer.gateUp(), index, Group.GATE_UP, normed, slice.size(), gateUp);
        for (int i = 0; i < slice.size(); i++) {
            Elements.gate(gateUp.values(), gateUp.at(i), config.intermediateSize(), gated.values(), gated.at(i));
        }
        multiply(layer.down(), index, Group.DOWN, gated, slice.size(), projected);
        addToHidden(slice.size());
    }

    private void norm(Slice slice, float[] weight) {
        for (int i = 0; i < slice.size(); i++) {
            Elements.rootMeanSquareNorm(
                    hidden.values(), hidden.at(i), weight, config.normEpsilon(), normed.values(), normed.at(i));
        }
    }

    private void multiply(Linear linear, int layer, Group product, Rows x, int rows, Rows y) {
        if (many != null && rows >= many.fewest()) {
            many.multiply(layer, product, x, rows, y);
        } else {
            linear.multiply(products, x, rows, y);
        }
        thin.add(layer, product, x, y);
    }

    private void addToHidden(int rows) {
        for (int i = 0; i < rows; i++) {
            Elements.add(projected.values(), projected.at(i), config.hiddenSize(), hidden.values(), hidden.at(i));
        }
    }
}
