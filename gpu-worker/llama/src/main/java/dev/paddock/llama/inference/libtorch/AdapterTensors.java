package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.JoinedAdapter;
import dev.paddock.llama.adapter.JoinedUpdate;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorMemory;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * An adapter in the form that {@link DecoderScript} takes: thin products joined as the model's are, B as one block-diagonal matrix.
 * Made on any thread: numbers are written to the tensors' memory without libtorch's operators, which would keep helpers for
 * that thread.
 */
final class AdapterTensors implements AutoCloseable {
    private final TensorScope scope = TensorScope.open();
    private final ScriptModule script;
    private final ScalarType type;
    private final int routed;
    private final List<NDArray> tensors = new ArrayList<>();
    private final long bytes;

    /** Copies an adapter of the model whose {@code weights} these are. */
    AdapterTensors(JoinedAdapter adapter, ScriptModule script, ScalarType type, DecoderTensors weights) {
        this.script = script;
        this.type = type;
        routed = adapter.routed();
        try {
            for (int layer = 0; layer < adapter.layers(); layer++) {
                for (Group product : Group.values()) {
                    add(adapter.of(layer, product), layer, product, weights);
                }
            }
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
        bytes = type.bytes() * tensors.stream().mapToLong(NDArray::size).sum();
    }

    /** Bytes of libtorch's memory that they take. */
    long bytes() {
        return bytes;
    }

    /** Adapters that gates choose among; 0 where there is no gate. */
    int routed() {
        return routed;
    }

    /** Twelve tensors a layer. */
    List<NDArray> tensors() {
        return tensors;
    }

    private void add(JoinedUpdate joined, int layer, Group product, DecoderTensors weights) {
        tensors.add(tensor(joined.a(), joined.rows(), joined.inputs()));
        tensors.add(tensor(joined.b(), joined.outputs(), joined.rank()));
        tensors.add(form(joined, () -> weights.bias(layer, product)));
    }

    /**
     * How the adapter acts, as {@link DecoderScript} has it: what outputs are scaled with and what is added then; without columns
     * for forms that do not, but with as many rows as the form's number; the route of adapters under gates.
     */
    private NDArray form(JoinedUpdate joined, Supplier<float[]> bias) {
        if (joined.route().length > 0) {
            return Tensors.longs(scope, joined.route(), joined.route().length);
        } else if (joined.outputScale().length == 0) {
            return tensor(new float[0], joined.form().kind(), 0);
        }
        float[] both = Arrays.copyOf(joined.outputScale(), 2 * joined.outputs());
        System.arraycopy(joined.shift(bias.get()), 0, both, joined.outputs(), joined.outputs());
        return tensor(both, 2, joined.outputs());
    }

    private NDArray tensor(float[] values, int rows, int columns) {
        NDArray into = script.tensor(scope, "empty", new long[] {rows, columns}, type.code());
        if (values.length > 0) {
            TensorMemory.of(into).write(values);
        }
        return into;
    }

    @Override
    public void close() {
        scope.close();
    }
}
