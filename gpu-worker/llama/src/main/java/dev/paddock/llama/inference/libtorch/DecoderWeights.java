package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads a model's weights into the list that {@link DecoderScript} takes, some rows at a time. */
final class DecoderWeights {
    private static final int CHUNK_BYTES = 16 << 20;

    private final WeightSource source;
    private final LlamaConfig config;
    private final ScriptModule script;
    private final TensorScope scope;
    private final ScalarType type;

    DecoderWeights(WeightSource source, ScriptModule script, TensorScope scope, Precision precision) {
        this.source = source;
        this.config = source.config();
        this.script = script;
        this.scope = scope;
        this.type = precision.type();
    }

    List<NDArray> read() {
        List<NDArray> weights = new ArrayList<>();
        NDArray embedding = matrix(config.vocabularySize(), config.hiddenSize(), List.of("model.embed_tokens.weight"));
        weights.add(embedding);
        weights.add(vector(config.hiddenSize(), List.of("model.norm.weight")));
        weights.add(
                config.tiedEmbeddings()
                        ? embedding
                        : matrix(config.vocabularySize(), config.hiddenSize(), List.of("lm_head.weight")));
        for (int layer = 0; layer < config.layers(); layer++) {
            String prefix = "model.layers.%d.".formatted(layer);
            weights.add(vector(config.hiddenSize(), List.of(prefix + "input_layernorm.weight")));
            weights.addAll(product(layer, Group.QKV, config.attentionBias()));
            weights.addAll(product(layer, Group.O, config.attentionBias()));
            weights.add(vector(config.hiddenSize(), List.of(prefix + "post_attention_layernorm.weight")));
            weights.addAll(product(layer, Group.GATE_UP, config.mlpBias()));
            weights.addAll(product(layer, Group.DOWN, config.mlpBias()));
        }
        return weights;
    }

    private List<NDArray> product(int layer, Group product, boolean bias) {
        List<Projection> parts = product.projections();
        int outputs = parts.stream().mapToInt(part -> part.outputs(config)).sum();
        List<String> names = parts.stream().map(part -> part.path(layer)).toList();
        NDArray weight = matrix(
                outputs,
                parts.get(0).inputs(config),
                names.stream().map(name -> name + ".weight").toList());
        List<String> biases = bias ? names.stream().map(name -> name + ".bias").toList() : List.of();
        return List.of(weight, vector(bias ? outputs : 0, biases));
    }

    private NDArray vector(int size, List<String> names) {
        return joined(new long[] {size}, 1, names);
    }

    private NDArray matrix(int rows, int columns, List<String> names) {
        return joined(new long[] {rows, columns}, columns, names);
    }

    private NDArray joined(long[] shape, int columns, List<String> names) {
        NDArray into = script.tensor(scope, "empty", shape, type.code());
        long row = 0;
        for (String name : names) {
            row += copy(name, into, row, columns);
        }
        if (row != shape[0]) {
            throw new MalformedModelFileException(
                    "%s have %d rows together; config.json asks for %d".formatted(names, row, shape[0]));
        }
        return into;
    }

    /** Copies a tensor's rows to {@code firstRow} and answers their number. */
    private long copy(String name, NDArray into, long firstRow, int columns) {
        long elements = source.info(name).elements();
        boolean flat = into.getShape().dimension() == 1;
        long rows = flat ? elements : source.info(name).rows();
        if (rows * columns != elements || firstRow + rows > into.getShape().get(0)) {
            throw new MalformedModelFileException("%s has shape %s, which does not fit %s at row %d"
                    .formatted(name, source.info(name).shape(), into.getShape(), firstRow));
        }
        long step = flat ? rows : Math.max(1, CHUNK_BYTES / (4L * columns));
        for (long at = 0; at < rows; at += step) {
            copyRows(name, into, firstRow, at, Math.min(step, rows - at), columns);
        }
        return rows;
    }

    private void copyRows(String name, NDArray into, long firstRow, long at, long count, int columns) {
        boolean flat = into.getShape().dimension() == 1;
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(Math.toIntExact(4 * count * columns)).order(ByteOrder.nativeOrder());
        if (flat) {
            source.read(name, bytes.asFloatBuffer());
        } else {
            source.readRows(name, at, count, bytes.asFloatBuffer());
        }
        try (TensorScope step = TensorScope.open()) {
            long[] shape = flat ? new long[] {count} : new long[] {count, columns};
            script.run("fill", into, firstRow + at, Tensors.fromBytes(step, bytes, ScalarType.FLOAT32, shape));
        }
    }
}
