package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Loss and gradients of a plain model by autograd; see {@code reference.torchscript}. */
final class AutogradReference {
    private AutogradReference() {}

    /** Loss, then the gradient of each base tensor (kernels' order) and of A and B of the seven projections of each block. */
    static List<NDArray> run(
            TensorScope scope,
            LlamaConfig config,
            PackedBatch batch,
            boolean causal,
            List<NDArray> base,
            List<NDArray> adapters,
            double scale)
            throws IOException {
        try (var in = AutogradReference.class.getResourceAsStream("reference.torchscript");
                ScriptModule module = ScriptModule.load(new String(in.readAllBytes(), StandardCharsets.UTF_8))) {
            List<NDArray> arguments = new ArrayList<>();
            arguments.add(Tensors.longs(scope, batch.ids(), batch.ids().length));
            arguments.add(rotary(scope, config, batch, true));
            arguments.add(rotary(scope, config, batch, false));
            arguments.add(allowed(scope, batch, causal));
            int count = batch.targets().length;
            arguments.add(Tensors.longs(scope, batch.places(), count));
            arguments.add(Tensors.longs(scope, batch.targets(), count));
            arguments.add(Tensors.floats(scope, batch.weights(), count));
            arguments.add(Tensors.longs(scope, dims(config, batch), 8));
            arguments.add(Tensors.floats(scope, new float[] {(float) config.normEpsilon(), (float) scale}, 2));
            arguments.addAll(base);
            arguments.addAll(adapters);
            return module.tensorsWithAutograd(scope, "reference", arguments);
        }
    }

    private static long[] dims(LlamaConfig config, PackedBatch batch) {
        return new long[] {
            batch.rows(),
            batch.length(),
            config.heads(),
            config.keyValueHeads(),
            config.headSize(),
            config.intermediateSize(),
            config.layers(),
            config.tiedEmbeddings() ? 1 : 0
        };
    }

    private static NDArray rotary(TensorScope scope, LlamaConfig config, PackedBatch batch, boolean cosine) {
        int size = config.headSize();
        float[] values = new float[batch.ids().length * size];
        for (int i = 0; i < values.length; i++) {
            double angle = batch.positions()[i / size]
                    * Math.pow(config.ropeBase(), -2.0 * (i % (size / 2 * 2) % (size / 2)) / size);
            values[i] = (float) (cosine ? Math.cos(angle) : Math.sin(angle));
        }
        return Tensors.floats(scope, values, batch.rows(), batch.length(), size);
    }

    private static NDArray allowed(TensorScope scope, PackedBatch batch, boolean causal) {
        int length = batch.length();
        long[] allowed = new long[batch.rows() * length * length];
        for (int i = 0; i < allowed.length; i++) {
            int key = i % length;
            int query = i / length % length;
            int row = i / length / length * length;
            boolean sees = (key <= query || !causal) && batch.documents()[row + key] == batch.documents()[row + query];
            allowed[i] = sees ? 1 : 0;
        }
        return Tensors.longs(scope, allowed, batch.rows(), 1, length, length);
    }
}
