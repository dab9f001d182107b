package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.Projection;
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
        adapter.updates().forEach((target, update) -> check(target, update, config));
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
        int inputs = product.projections().get(0).inputs(config);
        int outputs = product.projections().stream()
                .mapToInt(part -> part.outputs(config))
                .sum();
        int ranks = product.projections().stream()
                .mapToInt(part -> rank(adapter, layer, part))
                .sum();
        float[] a = new float[ranks * inputs];
        float[] b = new float[outputs * ranks];
        int firstOutput = 0;
        int firstRank = 0;
        for (Projection part : product.projections()) {
            Update update = adapter.updates().get(new Target(layer, part));
            if (update != null) {
                System.arraycopy(update.a(), 0, a, firstRank * inputs, update.a().length);
                place(update, b, firstOutput, firstRank, ranks);
                firstRank += update.rank();
            }
            firstOutput += part.outputs(config);
        }
        tensors.add(tensor(a, ranks, inputs));
        tensors.add(tensor(b, outputs, ranks));
    }

    private static int rank(LoraAdapter adapter, int layer, Projection part) {
        Update update = adapter.updates().get(new Target(layer, part));
        return update == null ? 0 : update.rank();
    }

    private static void place(Update update, float[] b, int firstOutput, int firstRank, int ranks) {
        for (int i = 0; i < update.b().length; i++) {
            int row = firstOutput + i / update.rank();
            b[row * ranks + firstRank + i % update.rank()] = (float) (update.b()[i] * update.scale());
        }
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

    private static void check(Target target, Update update, LlamaConfig config) {
        long inputs = target.projection().inputs(config);
        long outputs = target.projection().outputs(config);
        boolean fits = target.layer() >= 0
                && target.layer() < config.layers()
                && update.a().length == update.rank() * inputs
                && update.b().length == update.rank() * outputs;
        if (!fits) {
            throw new UnsupportedModelException(
                    "The adapter's update of %s has rank %d, %d and %d numbers; the model has %d layers and there %d inputs and %d outputs: it was made for another base"
                            .formatted(
                                    target.projection().path(target.layer()),
                                    update.rank(),
                                    update.a().length,
                                    update.b().length,
                                    config.layers(),
                                    inputs,
                                    outputs));
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
