package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.Products;
import dev.paddock.kernels.Rows;
import dev.paddock.kernels.Team;
import dev.paddock.kernels.Unpacking;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.SharedWeights;
import dev.paddock.llama.torch.ScalarType;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** This executor's weights for another one of the same model. */
final class UnpackedWeights implements SharedWeights {
    private static final int OUTPUTS_AT_ONCE = 256 / Unpacking.TILE * Unpacking.TILE;

    private final DenseKind kind;
    private final LlamaConfig config;
    private final DecoderWeights weights;
    private final Products products;
    private final Unpacking unpacking;
    private final Map<Group, Integer> strides = new EnumMap<>(Group.class);

    UnpackedWeights(LlamaConfig config, DecoderWeights weights, Products products, DenseKind kind, Team team) {
        this.kind = kind;
        this.config = config;
        this.weights = weights;
        this.products = products;
        unpacking = kind.unpacking(team);
        for (Group product : Group.values()) {
            strides.put(
                    product,
                    weights.layers().stream()
                            .mapToInt(layer -> layer.of(product).stride())
                            .max()
                            .orElse(0));
        }
    }

    private Linear linear(int layer, Group product) {
        return weights.layers().get(layer).of(product);
    }

    @Override
    public ScalarType type() {
        return kind.type();
    }

    @Override
    public void read(int layer, Projection projection, int row, float[] into) {
        linear(layer, projection.group()).row(projection.firstOutput(config) + row, into);
    }

    @Override
    public float[] attentionNorm(int layer) {
        return weights.layers().get(layer).attentionNorm();
    }

    @Override
    public float[] feedForwardNorm(int layer) {
        return weights.layers().get(layer).feedForwardNorm();
    }

    @Override
    public float[] norm() {
        return weights.norm();
    }

    @Override
    public float[] bias(int layer, Group product) {
        return linear(layer, product).bias();
    }

    @Override
    public int stride(Group product) {
        return Objects.requireNonNull(strides.get(product));
    }

    @Override
    public void unpack(int layer, Group product, ByteBuffer into) {
        int stride = stride(product);
        int columns = 0;
        for (Linear.Part part : linear(layer, product).parts()) {
            unpacking.put(part.matrix(), 0, part.matrix().rows(), part.firstOutput(), stride);
            columns = part.matrix().columns();
        }
        unpacking.copy(columns * stride, into);
    }

    @Override
    public void embedding(int token, float[] into, int at) {
        weights.embedding().row(token, into, at);
    }

    @Override
    public float[] outputs(float[] normed, int rows) {
        int vocabulary = weights.output().rows();
        float[] logits = new float[Math.multiplyExact(rows, vocabulary)];
        for (int first = 0; first < rows; first += Products.MOST_ROWS) {
            int count = Math.min(Products.MOST_ROWS, rows - first);
            Rows y = Rows.allocate(count, weights.output().stride());
            Rows x = new Rows(normed, first * config.hiddenSize(), config.hiddenSize());
            products.multiply(weights.output(), x, count, y);
            for (int row = 0; row < count; row++) {
                System.arraycopy(y.values(), y.at(row), logits, (first + row) * vocabulary, vocabulary);
            }
        }
        return logits;
    }

    @Override
    public int outputsAtOnce() {
        return OUTPUTS_AT_ONCE;
    }

    @Override
    public void unpackOutput(int first, ByteBuffer into) {
        int rows = Math.min(OUTPUTS_AT_ONCE, weights.output().rows() - first);
        unpacking.put(weights.output(), first, rows, 0, OUTPUTS_AT_ONCE);
        unpacking.copy(weights.output().columns() * OUTPUTS_AT_ONCE, into);
    }
}
