package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.JoinedUpdate;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.ArrayList;
import java.util.List;

/** An adapter in the form that {@link DecoderScript} takes: thin products joined as the model's are, B as one block-diagonal matrix. */
final class AdapterTensors implements AutoCloseable {
    private final TensorScope scope = TensorScope.open();
    private final ScriptModule script;
    private final ScalarType type;
    private final List<NDArray> tensors = new ArrayList<>();

    /** @throws UnsupportedModelException naming an update that does not fit the model */
    AdapterTensors(LoraAdapter adapter, LlamaConfig config, ScriptModule script, ScalarType type) {
        this.script = script;
        this.type = type;
        JoinedUpdate.check(adapter, config);
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Group product : Group.values()) {
                add(adapter, layer, product, config);
            }
        }
    }

    /** Eight tensors a layer. */
    List<NDArray> tensors() {
        return tensors;
    }

    private void add(LoraAdapter adapter, int layer, Group product, LlamaConfig config) {
        JoinedUpdate joined = JoinedUpdate.of(adapter, layer, product, config);
        tensors.add(tensor(joined.a(), joined.rank(), joined.inputs()));
        tensors.add(tensor(joined.b(), joined.outputs(), joined.rank()));
    }

    private NDArray tensor(float[] values, int rows, int columns) {
        NDArray into = script.tensor(scope, "empty", new long[] {rows, columns}, type.code());
        if (values.length > 0) {
            try (TensorScope step = TensorScope.open()) {
                script.run("fill", into, 0, Tensors.floats(step, values, rows, columns));
            }
        }
        return into;
    }

    @Override
    public void close() {
        scope.close();
    }
}
