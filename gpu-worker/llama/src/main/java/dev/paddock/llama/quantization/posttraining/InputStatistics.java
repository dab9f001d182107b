package dev.paddock.llama.quantization.posttraining;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What was seen of the inputs {@code X [N, C]} of a product: {@code XᵀX}, and each column's mean and largest magnitude. */
final class InputStatistics {
    private final ScriptModule script;
    private final int columns;
    private final NDArray gram;
    private final NDArray total;
    private final NDArray largest;
    private long rows;

    InputStatistics(TensorScope scope, ScriptModule script, int columns) {
        this.script = script;
        this.columns = columns;
        gram = Tensors.zeros(scope, ScalarType.FLOAT64, columns, columns);
        total = Tensors.zeros(scope, ScalarType.FLOAT32, columns);
        largest = Tensors.zeros(scope, ScalarType.FLOAT32, columns);
    }

    void add(NDArray inputs) {
        script.run("observe", inputs, gram, total, largest);
        rows += inputs.size() / columns;
    }

    /** Mean magnitude by column. */
    float[] means() {
        float[] means = Tensors.toFloats(total);
        for (int i = 0; i < means.length; i++) {
            means[i] /= rows;
        }
        return means;
    }

    /** Largest magnitude by column. */
    float[] maxima() {
        return Tensors.toFloats(largest);
    }

    /** {@code ‖E Xᵀ‖²} of {@code E [rows, C]}: what an error of the weights does to the outputs. */
    double energy(float[] error) {
        try (TensorScope scope = TensorScope.open()) {
            NDArray e = Tensors.floats(scope, error, error.length / columns, columns);
            return Tensors.toFloats(script.tensor(scope, "energy", e, gram))[0];
        }
    }

    /**
     * What GPTQ needs: the factor of {@code (2 XᵀX + λ I)⁻¹} with {@code λ = damping · mean(diag 2 XᵀX)}.
     *
     * @param byActivation whether columns with large inputs are rounded first
     */
    Gptq gptq(Grid grid, double damping, boolean byActivation) {
        try (TensorScope scope = TensorScope.open()) {
            double[] squares = script.tensor(scope, "squares", gram).toDoubleArray();
            int[] order = IntStream.range(0, columns)
                    .boxed()
                    .sorted(
                            byActivation
                                    ? Comparator.comparingDouble((Integer i) -> -squares[i])
                                    : Comparator.naturalOrder())
                    .mapToInt(Integer::intValue)
                    .toArray();
            boolean[] dead = new boolean[columns];
            for (int i = 0; i < columns; i++) {
                dead[i] = squares[i] == 0;
            }
            NDArray places =
                    Tensors.longs(scope, IntStream.of(order).asLongStream().toArray(), columns);
            double[] factor = script.tensor(scope, "inverse_factor", gram, places, damping)
                    .toDoubleArray();
            return new Gptq(grid, factor, order, dead);
        }
    }
}
