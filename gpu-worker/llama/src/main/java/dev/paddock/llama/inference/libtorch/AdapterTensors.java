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
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

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
                add(adapter, layer, weights);
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

    /** A, B and form of a layer's four products. */
    private void add(JoinedAdapter adapter, int layer, DecoderTensors weights) {
        long[] shapes = Stream.of(Group.values())
                .flatMapToLong(product -> shapes(adapter.of(layer, product)))
                .toArray();
        Iterator<NDArray> matrices =
                script.tensors(scope, "matrices", shapes, type.code()).iterator();
        for (Group product : Group.values()) {
            JoinedUpdate joined = adapter.of(layer, product);
            tensors.add(written(matrices.next(), joined.a()));
            tensors.add(written(matrices.next(), joined.b()));
            NDArray form = written(matrices.next(), form(joined, () -> weights.bias(layer, product)));
            long[] route = joined.route();
            tensors.add(route.length > 0 ? Tensors.longs(scope, route, route.length) : form);
        }
    }

    /**
     * Rows and columns of A, B, and of how the adapter acts, as {@link DecoderScript} has it: what outputs are scaled with and what is added
     * then; without columns for forms that do not, but with as many rows as the form's number.
     */
    private static LongStream shapes(JoinedUpdate joined) {
        boolean scaled = joined.outputScale().length > 0;
        return LongStream.of(
                joined.rows(),
                joined.inputs(),
                joined.outputs(),
                joined.rank(),
                scaled ? 2 : joined.form().kind(),
                scaled ? joined.outputs() : 0);
    }

    private static float[] form(JoinedUpdate joined, Supplier<float[]> bias) {
        if (joined.outputScale().length == 0) {
            return new float[0];
        }
        float[] both = Arrays.copyOf(joined.outputScale(), 2 * joined.outputs());
        System.arraycopy(joined.shift(bias.get()), 0, both, joined.outputs(), joined.outputs());
        return both;
    }

    private static NDArray written(NDArray into, float[] values) {
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
