package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.JoinedUpdate;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorMemory;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * An adapter in the form that {@link DecoderScript} takes: thin products joined as the model's are, B as one block-diagonal matrix.
 * Made on any thread: numbers are written to the tensors' memory without libtorch's operators, which would keep helpers for
 * that thread.
 */
final class AdapterTensors implements AutoCloseable {
    private final TensorScope scope = TensorScope.open();
    private final ScriptModule script;
    private final ScalarType type;
    private final DecoderTensors weights;
    private final List<NDArray> tensors = new ArrayList<>();
    /** Without numbers, for the forms that have none beside A and B. */
    private final Map<Integer, NDArray> kinds = new HashMap<>();

    private int layers;
    private int routed;
    private long bytes;

    /** One without layers of the model whose {@code weights} these are. */
    AdapterTensors(ScriptModule script, ScalarType type, DecoderTensors weights) {
        this.script = script;
        this.type = type;
        this.weights = weights;
    }

    /** Bytes of libtorch's memory that they take; for any thread, as long as no layer is added. */
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

    /** Copies A, B and form of the next layer's four products. */
    void add(Map<Group, JoinedUpdate> updates) {
        int layer = layers++;
        long[] shapes =
                updates.values().stream().flatMapToLong(AdapterTensors::shapes).toArray();
        Iterator<NDArray> made =
                script.tensors(scope, "matrices", shapes, type.code()).iterator();
        Numbers numbers = new Numbers(made.next());
        updates.forEach((product, joined) -> {
            numbers.put(joined.a());
            numbers.putB(joined);
            add(made.next());
            add(made.next());
            add(form(joined, () -> weights.bias(layer, product)));
            routed = Math.max(routed, joined.routed());
        });
    }

    private void add(NDArray tensor) {
        tensors.add(tensor);
        bytes += type.bytes() * tensor.size();
    }

    /** Rows and columns of A and B. */
    private static LongStream shapes(JoinedUpdate joined) {
        return LongStream.of(joined.rows(), joined.inputs(), joined.outputs(), joined.rank());
    }

    /** How an update acts, as {@link DecoderScript} has it. */
    private NDArray form(JoinedUpdate joined, Supplier<float[]> bias) {
        long[] route = joined.route();
        if (route.length > 0) {
            return Tensors.longs(scope, route, route.length);
        }
        if (joined.outputScale().length == 0) {
            return kinds.computeIfAbsent(joined.form().kind(), kind -> empty(kind, 0));
        }
        float[] both = Arrays.copyOf(joined.outputScale(), 2 * joined.outputs());
        System.arraycopy(joined.shift(bias.get()), 0, both, joined.outputs(), joined.outputs());
        NDArray scaled = empty(2, joined.outputs());
        TensorMemory.of(scaled).write(both);
        return scaled;
    }

    private NDArray empty(long... shape) {
        return script.tensor(scope, "empty", shape, type.code());
    }

    /** Writes matrix after matrix to the memory that the script has put them in. */
    private static final class Numbers {
        private static final int ALIGNED = 32;
        private static final int CHUNK = 8192;
        private final TensorMemory.Writer writer;

        Numbers(NDArray memory) {
            writer = TensorMemory.of(memory).writer();
        }

        void put(float[] values) {
            writer.put(values, values.length);
            align(values.length);
        }

        void putB(JoinedUpdate joined) {
            int most = Math.max(1, CHUNK / Math.max(1, joined.rank()));
            float[] rows = new float[Math.min(most, joined.outputs()) * joined.rank()];
            for (int first = 0; first < joined.outputs() && joined.rank() > 0; first += most) {
                int count = Math.min(most, joined.outputs() - first);
                joined.readB(first, count, rows);
                writer.put(rows, count * joined.rank());
            }
            align(joined.outputs() * joined.rank());
        }

        private void align(int written) {
            writer.skip(Math.floorMod(-written, ALIGNED));
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
