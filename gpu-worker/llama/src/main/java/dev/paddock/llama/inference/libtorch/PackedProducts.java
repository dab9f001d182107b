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
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Products in bfloat16 by oneDNN, with a copy of the weights in the order in which it reads them. Up to {@value #MOST_ROWS} rows at
 * once; their sums are fp32, their results rounded to bfloat16.
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
              def pack(self: SELF, parts: List[Tensor], rows: int) -> Tensor:
                return ops.mkldnn._reorder_linear_weight(torch.cat(parts), rows)
              def product(self: SELF, x: Tensor, y: Tensor, rows: int, weights: List[Tensor], biases: List[Tensor], index: int):
                bias: Optional[Tensor] = None
                if biases[index].size(0) > 0:
                  bias = biases[index]
                product = ops.mkldnn._linear_pointwise(torch.slice(x, 0, 0, rows).to(15), weights[index], bias, "none", annotate(List[Optional[number]], []), "")
                torch.copy_(torch.slice(y, 0, 0, rows), product)
            """;

    private final LlamaConfig config;
    private final ScriptModule script = ScriptModule.load(TEXT);
    private final TensorScope scope = TensorScope.open();
    private final List<NDArray> packed = new ArrayList<>();
    private final List<NDArray> added = new ArrayList<>();
    private final ScriptValue weights;
    private final ScriptValue biases;
    /** Of each product, then of the one with the vocabulary. */
    private final List<Numbers> inputs = new ArrayList<>();

    private final List<Numbers> outputs = new ArrayList<>();
    private long bytes;

    /**
     * Rows as the script has them.
     *
     * @param tensor {@code [MOST_ROWS, width]}, fp32
     * @param memory its numbers
     */
    private record Numbers(NDArray tensor, FloatBuffer memory, int width) {
        void set(Rows x, int rows) {
            for (int row = 0; row < rows; row++) {
                memory.put(row * width, x.values(), x.at(row), width);
            }
        }

        void get(int rows, Rows y) {
            for (int row = 0; row < rows; row++) {
                memory.get(row * width, y.values(), y.at(row), width);
            }
        }
    }

    /**
     * Copies a model's weights.
     *
     * @param shared bfloat16; not needed afterwards
     * @throws dev.paddock.llama.torch.ScriptException where {@link #isAvailable} says no
     */
    public PackedProducts(LlamaConfig config, SharedWeights shared) {
        this.config = config;
        try {
            for (int layer = 0; layer < config.layers(); layer++) {
                for (Group product : PRODUCTS) {
                    add(shared, layer, product);
                }
            }
            addOutput(shared);
            for (Group product : PRODUCTS) {
                addNumbers(inputs(product), outputs(product));
            }
            addNumbers(config.hiddenSize(), config.vocabularySize());
        } catch (RuntimeException e) {
            scope.close();
            script.close();
            throw e;
        }
        weights = ScriptValue.list(packed);
        biases = ScriptValue.list(added);
    }

    /** Whether oneDNN computes in bfloat16 on this processor, and the processor does so itself. */
    public static boolean isAvailable() {
        return ProcessorFeatures.hasBfloat16() && ProcessorFeatures.hasOneDnn(ScalarType.BFLOAT16);
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
            NDArray unpacked = Tensors.zeros(step, ScalarType.BFLOAT16, inputs(product), shared.stride(product));
            shared.unpack(layer, product, TensorMemory.of(unpacked).bytes());
            add(List.of(script.tensor(step, "outputs", unpacked, outputs(product))), shared.bias(layer, product));
        }
    }

    private void addOutput(SharedWeights shared) {
        try (TensorScope step = TensorScope.open()) {
            NDArray unpacked = Tensors.zeros(step, ScalarType.BFLOAT16, config.hiddenSize(), shared.outputsAtOnce());
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
        packed.add(script.tensor(scope, "pack", parts, USUAL_ROWS));
        bytes += parts.stream().mapToLong(part -> part.size() * Short.BYTES).sum();
        try (TensorScope step = TensorScope.open()) {
            added.add(Tensors.convert(scope, Tensors.floats(step, bias, bias.length), ScalarType.BFLOAT16));
        }
    }

    private void addNumbers(int in, int out) {
        inputs.add(numbers(in));
        outputs.add(numbers(out));
    }

    private Numbers numbers(int width) {
        NDArray tensor = Tensors.zeros(scope, ScalarType.FLOAT32, MOST_ROWS, width);
        bytes += tensor.size() * Float.BYTES;
        return new Numbers(tensor, TensorMemory.of(tensor).bytes().asFloatBuffer(), width);
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
        inputs.get(place).set(x, rows);
        NDArray from = inputs.get(place).tensor();
        script.run("product", from, outputs.get(place).tensor(), rows, weights, biases, index);
        outputs.get(place).get(rows, y);
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        weights.close();
        biases.close();
        scope.close();
        script.close();
    }
}
