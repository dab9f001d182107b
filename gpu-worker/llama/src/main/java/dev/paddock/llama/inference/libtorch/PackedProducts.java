package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.kernels.Rows;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.ManyRows;
import dev.paddock.llama.inference.SharedWeights;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.ScriptValue;
import dev.paddock.llama.torch.TensorMemory;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.ArrayList;
import java.util.List;

/**
 * Products by oneDNN in fewer bits, with a copy of the weights in the order in which it reads them. Up to {@value #MOST_ROWS} rows at once.
 */
public final class PackedProducts implements ManyRows {
    private static final int MOST_ROWS = 32;
    /** Fewer read less memory in the file's few bits than here (benchmarks/README.md). */
    private static final int FEWEST_ROWS = 4;
    /** Rows for which weights are packed. */
    private static final int USUAL_ROWS = 16;

    private static final List<Group> PRODUCTS = List.of(Group.values());

    private static final String TEXT = """
              def outputs(self: SELF, weights: Tensor, outputs: int) -> Tensor:
                return torch.clone(torch.t(torch.slice(weights, 1, 0, outputs)), memory_format=0)
            """;

    private final LlamaConfig config;
    private final PackedNumbers numbers;
    private final ScriptModule script;
    private final TensorScope scope = TensorScope.open();
    private final List<NDArray> packed = new ArrayList<>();
    private final List<float[]> biases = new ArrayList<>();
    private final ScriptValue weights;
    /** Of each product, then of the one with the vocabulary. */
    private final List<Passing> passing = new ArrayList<>();

    private long bytes;

    /** What a product reads and writes, and how rows come there and back. */
    private record Passing(NDArray from, NDArray to, ProductRows rows) {}

    /**
     * Copies a model's weights.
     *
     * @param shared not needed afterwards
     * @throws dev.paddock.llama.torch.ScriptException where {@link PackedNumbers#isAvailable} says no
     */
    public PackedProducts(LlamaConfig config, SharedWeights shared, PackedNumbers numbers) {
        this.config = config;
        this.numbers = numbers;
        script = ScriptModule.load(TEXT + numbers.script());
        try {
            for (int layer = 0; layer < config.layers(); layer++) {
                for (Group product : PRODUCTS) {
                    add(shared, layer, product);
                }
            }
            addOutput(shared);
            for (Group product : PRODUCTS) {
                addRows(inputs(product), outputs(product));
            }
            addRows(config.hiddenSize(), config.vocabularySize());
        } catch (RuntimeException e) {
            scope.close();
            script.close();
            throw e;
        }
        weights = ScriptValue.list(packed);
    }

    private int inputs(Group product) {
        return product.projections().get(0).inputs(config);
    }

    private int outputs(Group product) {
        return product.projections().stream()
                .mapToInt(part -> part.outputs(config))
                .sum();
    }

    private void add(SharedWeights shared, int layer, Group product) {
        try (TensorScope step = TensorScope.open()) {
            NDArray unpacked = Tensors.zeros(step, shared.type(), inputs(product), shared.stride(product));
            shared.unpack(layer, product, TensorMemory.of(unpacked).bytes());
            add(List.of(script.tensor(step, "outputs", unpacked, outputs(product))), shared.bias(layer, product));
        }
    }

    private void addOutput(SharedWeights shared) {
        try (TensorScope step = TensorScope.open()) {
            NDArray unpacked = Tensors.zeros(step, shared.type(), config.hiddenSize(), shared.outputsAtOnce());
            List<NDArray> parts = new ArrayList<>();
            for (int first = 0; first < config.vocabularySize(); first += shared.outputsAtOnce()) {
                shared.unpackOutput(first, TensorMemory.of(unpacked).bytes());
                int count = Math.min(shared.outputsAtOnce(), config.vocabularySize() - first);
                parts.add(script.tensor(step, "outputs", unpacked, count));
            }
            add(parts, new float[0]);
        }
    }

    private void add(List<NDArray> parts, float[] bias) {
        packed.addAll(script.tensors(scope, "pack", parts, USUAL_ROWS * numbers.terms()));
        bytes += parts.stream()
                .mapToLong(part -> part.size() * numbers.weightBytes())
                .sum();
        biases.add(bias);
    }

    private void addRows(int in, int out) {
        NDArray from = Tensors.zeros(scope, numbers.type(), (long) MOST_ROWS * numbers.terms(), in);
        NDArray to = Tensors.zeros(scope, ScalarType.FLOAT32, MOST_ROWS, out);
        passing.add(new Passing(from, to, numbers.rows(from, to)));
        bytes += from.size() * numbers.type().bytes() + to.size() * Float.BYTES;
    }

    @Override
    public int fewest() {
        return FEWEST_ROWS;
    }

    @Override
    public void multiply(int layer, Group product, Rows x, int rows, Rows y) {
        int place = PRODUCTS.indexOf(product);
        multiply(place, layer * PRODUCTS.size() + place, x, rows, y);
    }

    @Override
    public void outputs(Rows x, int rows, Rows y) {
        multiply(PRODUCTS.size(), config.layers() * PRODUCTS.size(), x, rows, y);
    }

    private void multiply(int place, int index, Rows x, int rows, Rows y) {
        Passing between = passing.get(place);
        between.rows().set(x, rows);
        script.run("product", between.from(), between.to(), rows, weights, index);
        between.rows().get(rows, y);
        float[] bias = biases.get(index);
        for (int row = 0; bias.length > 0 && row < rows; row++) {
            add(bias, y.values(), y.at(row));
        }
    }

    private static void add(float[] bias, float[] y, int at) {
        for (int i = 0; i < bias.length; i++) {
            y[at + i] += bias[i];
        }
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        weights.close();
        scope.close();
        script.close();
    }
}
