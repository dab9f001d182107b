package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.BaseRows;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.ScriptValue;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.weights.WeightSource;
import java.util.List;

/** All weights in libtorch's memory, all layers in one call. */
final class ResidentTensors implements DecoderTensors {
    private final LlamaConfig config;
    private final ScriptModule script;
    private final TensorScope scope = TensorScope.open();
    private final List<NDArray> tensors;
    private final ScriptValue weights;
    private final long bytes;

    /** Reads the weights, which are not needed afterwards. */
    ResidentTensors(WeightSource source, ScriptModule script, Precision precision) {
        config = source.config();
        this.script = script;
        try {
            tensors = new DecoderWeights(source, script, scope, precision).read();
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
        weights = ScriptValue.list(tensors);
        bytes = precision.type().bytes()
                * tensors.stream().distinct().mapToLong(NDArray::size).sum();
    }

    @Override
    public NDArray decode(TensorScope step, StepLayout layout, AdapterSet adapters, NDArray acted) {
        List<NDArray> rotary = layout.rotary(step);
        return script.tensor(
                step,
                "layers",
                Tensors.longs(step, layout.ids(), layout.ids().length),
                rotary.get(0),
                rotary.get(1),
                weights,
                layout.caches(),
                layout.bounds(),
                layout.units(),
                layout.owners(step),
                layout.groups(adapters::index),
                adapters.argument(),
                acted);
    }

    @Override
    public NDArray read(TensorScope step, DocumentPass pass, AdapterSet adapters, NDArray acted) {
        List<NDArray> rotary = pass.rotary(step);
        return script.tensor(
                step,
                "documents",
                Tensors.longs(step, pass.ids(), pass.ids().length),
                rotary.get(0),
                rotary.get(1),
                weights,
                pass.bounds(),
                pass.causal(),
                pass.groups(adapters),
                adapters.argument(),
                acted);
    }

    @Override
    public float[] logits(TensorScope step, NDArray hidden, long[] rows) {
        return script.tensor(step, "logits", hidden, Tensors.longs(step, rows, rows.length), weights)
                .toFloatArray();
    }

    @Override
    public List<NDArray> scores(TensorScope step, NDArray hidden, long[] rows, long[] targets, int alternatives) {
        NDArray normed = script.tensor(step, "normed", hidden, Tensors.longs(step, rows, rows.length), weights);
        NDArray next = Tensors.longs(step, targets, targets.length);
        return script.tensors(step, "scores", normed, next, alternatives, weights);
    }

    @Override
    public ScriptValue argument() {
        return weights;
    }

    @Override
    public BaseRows rows(int layer, Group product) {
        return new ProductWeights(tensors, layer, product, config);
    }

    @Override
    public float[] bias(int layer, Group product) {
        return new ProductWeights(tensors, layer, product, config).bias();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        weights.close();
        scope.close();
    }
}
