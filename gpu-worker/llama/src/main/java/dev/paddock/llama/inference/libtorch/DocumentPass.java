package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.LinearHead;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.DocumentBatch;
import dev.paddock.llama.inference.Pooling;
import dev.paddock.llama.inference.Rotary;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.Arrays;
import java.util.List;

/** One pass over whole documents, without a cache. */
final class DocumentPass {
    private final DocumentBatch batch;
    private final LlamaConfig config;

    DocumentPass(DocumentBatch batch, LlamaConfig config) {
        this.batch = batch;
        this.config = config;
    }

    /** Logits of the head, fp32 {@code [R, C]}. */
    float[] run(ScriptModule script, DecoderTensors tensors, AdapterSet adapters, LinearHead head) {
        try (TensorScope step = TensorScope.open()) {
            NDArray logits = script.tensor(
                    step,
                    "head",
                    tensors.read(step, this, adapters, acted(step, adapters)),
                    Tensors.longs(step, batch.rows(), batch.rows().length),
                    tensors.argument(),
                    Tensors.floats(step, head.weight(), head.outputs(), head.inputs()),
                    Tensors.floats(step, bias(head), head.outputs()));
            return logits.toFloatArray();
        }
    }

    /** One vector of length 1 for each document, fp32 {@code [documents, D]}. */
    float[] vectors(ScriptModule script, DecoderTensors tensors, AdapterSet adapters, Pooling pooling) {
        try (TensorScope step = TensorScope.open()) {
            NDArray hidden = tensors.read(step, this, adapters, acted(step, adapters));
            return script.tensor(step, "pooled", hidden, bounds(), pooling == Pooling.MEAN, tensors.argument())
                    .toFloatArray();
        }
    }

    private NDArray acted(TensorScope step, AdapterSet adapters) {
        String adapter = batch.adapter();
        int routed = adapter == null ? 0 : adapters.routed(adapter);
        return Tensors.zeros(step, ScalarType.FLOAT32, batch.tokens(), routed);
    }

    private static float[] bias(LinearHead head) {
        return head.bias().length == 0 ? new float[head.outputs()] : head.bias();
    }

    /** Token ids of all documents, one behind the other. */
    long[] ids() {
        return batch.documents().stream()
                .flatMapToInt(Arrays::stream)
                .asLongStream()
                .toArray();
    }

    /** First row of every document, and the number of rows. */
    long[] bounds() {
        long[] bounds = new long[batch.documents().size() + 1];
        for (int i = 0; i < batch.documents().size(); i++) {
            bounds[i + 1] = bounds[i] + batch.documents().get(i).length;
        }
        return bounds;
    }

    boolean causal() {
        return batch.causal();
    }

    /** First row, end row and index of the adapter, if there is one. */
    long[] groups(AdapterSet adapters) {
        String adapter = batch.adapter();
        return adapter == null ? new long[0] : new long[] {0, batch.tokens(), adapters.index(adapter)};
    }

    /** Cosines and sines, each fp32 {@code [N, E]}; positions are counted from each document's begin. */
    List<NDArray> rotary(TensorScope scope) {
        int width = config.headSize();
        float[] cosines = new float[batch.tokens() * width];
        float[] sines = new float[cosines.length];
        int row = 0;
        for (int[] document : batch.documents()) {
            Rotary rotary = new Rotary(config, document.length);
            for (int position = 0; position < document.length; position++) {
                rotary.write(position, cosines, sines, row++);
            }
        }
        return List.of(Tensors.floats(scope, cosines, row, width), Tensors.floats(scope, sines, row, width));
    }
}
