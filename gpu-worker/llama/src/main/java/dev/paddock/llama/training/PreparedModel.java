package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.torch.ScriptValue;
import dev.paddock.llama.torch.TensorScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model's tensors in the compute type, as they are until the next update; made when they are first asked for. */
final class PreparedModel implements AutoCloseable {
    private final TrainedModel model;
    private final TensorScope scope = TensorScope.open();
    private final Map<Integer, JoinedAdapters.Joined> adapters = new HashMap<>();
    private final Map<WeightSlot, NDArray> tensors = new HashMap<>();
    private @Nullable NDArray output;

    PreparedModel(TrainedModel model) {
        this.model = model;
    }

    NDArray embedding() {
        return tensor(WeightSlot.embedding(model.config()));
    }

    NDArray lastNorm() {
        return tensor(WeightSlot.lastNorm(model.config()));
    }

    /** The output matrix, or the classification head. */
    NDArray output() {
        NDArray made = output;
        if (made == null) {
            made = model.output(scope);
            output = made;
        }
        return made;
    }

    private NDArray tensor(WeightSlot slot) {
        return model.isTrained(slot)
                ? tensors.computeIfAbsent(slot, trained -> model.tensor(scope, trained))
                : model.tensor(scope, slot);
    }

    /** What the kernels take of a block; valid until another block is asked for. */
    Block block(int layer) {
        List<NDArray> weights = WeightSlot.ofBlock(model.config(), layer).stream()
                .map(this::tensor)
                .toList();
        return new Block(weights, adapters.computeIfAbsent(layer, number -> model.joined(scope, number)));
    }

    /** Weights and adapters of a block as arguments. */
    static final class Block implements AutoCloseable {
        private final ScriptValue weights;
        private final ScriptValue a;
        private final ScriptValue b;
        private final ScriptValue c;
        private final long[] kinds;

        private Block(List<NDArray> weights, JoinedAdapters.Joined adapters) {
            this.weights = ScriptValue.list(weights);
            a = ScriptValue.list(adapters.a());
            b = ScriptValue.list(adapters.b());
            c = ScriptValue.list(adapters.c());
            kinds = adapters.kinds();
        }

        /** The first five arguments after the hidden states. */
        Object[] arguments() {
            return new Object[] {weights, a, b, c, kinds};
        }

        @Override
        public void close() {
            weights.close();
            a.close();
            b.close();
            c.close();
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
