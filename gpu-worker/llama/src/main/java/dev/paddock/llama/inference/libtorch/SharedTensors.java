package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.BaseRows;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.SharedWeights;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.ScriptValue;
import dev.paddock.llama.torch.TensorMemory;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Weights that another executor holds in few bits: one layer's matrices at a time are unpacked to the numbers that are computed, into four
 * tensors that all layers share.
 */
final class SharedTensors implements DecoderTensors {
    private final LlamaConfig config;
    private final SharedWeights shared;
    private final ScalarType type;
    private final ScriptModule script;
    private final TensorScope scope = TensorScope.open();
    private final Map<Group, Scratch> scratches = new EnumMap<>(Group.class);
    private final Scratch output;
    private final ScriptValue weights;
    private long bytes;

    /**
     * A tensor that holds one matrix at a time.
     *
     * @param tensor {@code [inputs, stride]}
     */
    private record Scratch(NDArray tensor, TensorMemory memory) {}

    SharedTensors(LlamaConfig config, SharedWeights shared, ScriptModule script) {
        this.config = config;
        this.shared = shared;
        type = shared.type();
        this.script = script;
        for (Group product : Group.values()) {
            int inputs = product.projections().get(0).inputs(config);
            scratches.put(product, scratch(inputs, shared.stride(product)));
        }
        output = scratch(config.hiddenSize(), shared.outputsAtOnce());
        bytes += staged();
        weights = ScriptValue.list(list());
    }

    private Scratch scratch(int inputs, int stride) {
        NDArray tensor = Tensors.zeros(scope, type, inputs, stride);
        bytes += tensor.size() * type.bytes();
        return new Scratch(tensor, TensorMemory.of(tensor));
    }

    /** Bytes of the heap from which the largest matrix is copied. */
    private long staged() {
        return scratches.values().stream()
                .mapToLong(scratch -> scratch.tensor().size() * type.bytes())
                .max()
                .orElse(0);
    }

    private List<NDArray> list() {
        List<NDArray> list = new ArrayList<>();
        list.add(vector(new float[0]));
        list.add(vector(shared.norm()));
        list.add(vector(new float[0]));
        for (int layer = 0; layer < config.layers(); layer++) {
            list.add(vector(shared.attentionNorm(layer)));
            add(list, layer, Group.QKV);
            add(list, layer, Group.O);
            list.add(vector(shared.feedForwardNorm(layer)));
            add(list, layer, Group.GATE_UP);
            add(list, layer, Group.DOWN);
        }
        return list;
    }

    private void add(List<NDArray> list, int layer, Group product) {
        int outputs = product.projections().stream()
                .mapToInt(part -> part.outputs(config))
                .sum();
        list.add(script.tensor(
                scope,
                "transposed",
                Objects.requireNonNull(scratches.get(product)).tensor(),
                outputs));
        list.add(vector(shared.bias(layer, product)));
    }

    private NDArray vector(float[] values) {
        bytes += (long) values.length * type.bytes();
        try (TensorScope step = TensorScope.open()) {
            return Tensors.convert(scope, Tensors.floats(step, values, values.length), type);
        }
    }

    /** Puts a layer's matrices where its products read them. */
    private void unpack(int layer) {
        scratches.forEach((product, scratch) ->
                shared.unpack(layer, product, scratch.memory().bytes()));
    }

    /** One layer's pass over rows. */
    private interface Layer {
        NDArray run(NDArray rows, int layer);
    }

    private NDArray layers(NDArray rows, Layer pass) {
        NDArray current = rows;
        for (int layer = 0; layer < config.layers(); layer++) {
            unpack(layer);
            NDArray next = pass.run(current, layer);
            current.close();
            current = next;
        }
        return current;
    }

    private NDArray embedded(TensorScope step, long[] ids) {
        int width = config.hiddenSize();
        float[] rows = new float[Math.multiplyExact(ids.length, width)];
        for (int i = 0; i < ids.length; i++) {
            shared.embedding((int) ids[i], rows, i * width);
        }
        return Tensors.convert(step, Tensors.floats(step, rows, ids.length, width), type);
    }

    @Override
    public NDArray decode(TensorScope step, StepLayout layout, AdapterSet adapters, NDArray acted) {
        List<NDArray> rotary = layout.rotary(step);
        NDArray owners = layout.owners(step);
        long[] units = layout.units();
        long[] groups = layout.groups(adapters::index);
        List<NDArray> caches = layout.caches();
        List<NDArray> masks = script.tensors(step, "masks", units, owners, type.code());
        NDArray fresh = script.tensor(step, "begun", owners.size(), type.code());
        NDArray last = layers(
                embedded(step, layout.ids()),
                (rows, layer) -> script.tensor(
                        step,
                        "some",
                        rows,
                        rotary.get(0),
                        rotary.get(1),
                        weights,
                        caches,
                        units,
                        masks,
                        fresh,
                        groups,
                        adapters.argument(),
                        acted,
                        layer,
                        layer + 1));
        script.run("keep", caches, layout.bounds(), fresh);
        return last;
    }

    @Override
    public NDArray read(TensorScope step, DocumentPass pass, AdapterSet adapters, NDArray acted) {
        List<NDArray> rotary = pass.rotary(step);
        long[] bounds = pass.bounds();
        long[] groups = pass.groups(adapters);
        return layers(
                embedded(step, pass.ids()),
                (rows, layer) -> script.tensor(
                        step,
                        "reading",
                        rows,
                        rotary.get(0),
                        rotary.get(1),
                        weights,
                        bounds,
                        pass.causal(),
                        groups,
                        adapters.argument(),
                        acted,
                        layer,
                        layer + 1));
    }

    @Override
    public float[] logits(TensorScope step, NDArray hidden, long[] rows) {
        return shared.outputs(Tensors.toFloats(normed(step, hidden, rows)), rows.length);
    }

    @Override
    public List<NDArray> scores(TensorScope step, NDArray hidden, long[] rows, long[] targets, int alternatives) {
        NDArray normed = normed(step, hidden, rows);
        NDArray logits = Tensors.zeros(step, type, rows.length, config.vocabularySize());
        for (int first = 0; first < config.vocabularySize(); first += shared.outputsAtOnce()) {
            shared.unpackOutput(first, output.memory().bytes());
            script.run("part", logits, normed, output.tensor(), first);
        }
        NDArray next = Tensors.longs(step, targets, targets.length);
        return script.tensors(step, "scores", logits, next, alternatives, weights);
    }

    private NDArray normed(TensorScope step, NDArray hidden, long[] rows) {
        return script.tensor(step, "normed", hidden, Tensors.longs(step, rows, rows.length), weights);
    }

    @Override
    public ScriptValue argument() {
        return weights;
    }

    @Override
    public BaseRows rows(int layer, Group product) {
        return shared;
    }

    @Override
    public float[] bias(int layer, Group product) {
        return shared.bias(layer, product);
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
