package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.ScriptValue;
import dev.paddock.llama.torch.TensorScope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * One batch's way through the blocks and back. N places of the batch, D width of the model.
 *
 * <p>Attention goes in blocks of 128 queries. Up to rows of 512 tokens the probabilities are kept for the backward pass;
 * longer ones compute them again, and beyond 2048 tokens masks, too, are made block by block, so that memory grows with the
 * length and not with its square.
 */
final class BatchPass implements AutoCloseable {
    static final int KEPT_LENGTH = 512;
    private static final int MASKED_LENGTH = 2048;

    private final TensorScope scope = TensorScope.open();
    private final ScriptModule kernels;
    private final TrainedModel model;
    private final PreparedModel now;
    private final TrainingOptions options;
    private final long seed;
    private final double dropout;
    private final BatchTensors tensors;
    private final Object[] context;
    private final List<ScriptValue> owned = new ArrayList<>();
    private final Deque<Tape> tapes = new ArrayDeque<>();
    private final Deque<NDArray> inputs = new ArrayDeque<>();

    /**
     * A pass over a batch.
     *
     * @param training whether noise and dropout are on, drawn from {@code seed}
     */
    BatchPass(
            TrainedModel model,
            PreparedModel now,
            PackedBatch batch,
            List<NDArray> tables,
            TrainingOptions options,
            boolean training,
            long seed) {
        this.model = model;
        this.now = now;
        this.options = options;
        this.seed = seed;
        kernels = model.kernels();
        dropout = training ? model.dropout() : 0;
        tensors = BatchTensors.of(
                scope, batch, training ? options.noise() : 0, model.config().hiddenSize());
        context = context(batch, tables);
    }

    /** Rotary embedding, masks, keys of each block, dimensions, queries at once, and whether probabilities are kept. */
    private Object[] context(PackedBatch batch, List<NDArray> tables) {
        LlamaConfig config = model.config();
        boolean causal = options.causal();
        QueryBlocks blocks = QueryBlocks.of(batch, causal);
        long[] dims = {
            batch.rows(),
            batch.length(),
            config.heads(),
            config.keyValueHeads(),
            config.headSize(),
            config.intermediateSize()
        };
        int dtype = model.type().code();
        ScriptValue rope = own(kernels.tensors(scope, "rotary", tensors.positions(), tables, dims, dtype));
        boolean ahead = batch.length() <= MASKED_LENGTH;
        ScriptValue masks = own(kernels.tensors(
                scope,
                "masks",
                tensors.documents(),
                blocks.starts(),
                blocks.ends(),
                QueryBlocks.SIZE,
                causal,
                ahead,
                dtype));
        boolean keep = batch.length() <= KEPT_LENGTH;
        return new Object[] {rope, masks, blocks.starts(), blocks.ends(), causal, dims, QueryBlocks.SIZE, keep};
    }

    private ScriptValue own(List<NDArray> list) {
        ScriptValue value = ScriptValue.list(list);
        owned.add(value);
        return value;
    }

    BatchTensors tensors() {
        return tensors;
    }

    /** Hidden states {@code [N, D]} after the last block; nothing is kept for a way back. */
    NDArray forward() {
        return forward(false, false);
    }

    /** The same, kept for {@link #backward}. */
    NDArray forwardForLearning() {
        return forward(!options.recompute(), options.recompute());
    }

    private NDArray forward(boolean keepTapes, boolean keepInputs) {
        NDArray x = embed();
        for (int layer = 0; layer < model.config().layers(); layer++) {
            Tape tape = new Tape();
            NDArray next = block(scope, x, layer, tape);
            if (keepTapes) {
                tapes.push(tape);
            } else {
                tape.close();
            }
            if (keepInputs) {
                inputs.push(x);
            } else {
                x.close();
            }
            x = next;
        }
        return x;
    }

    private NDArray embed() {
        if (tensors.noise().size() > 0) {
            Libtorch.setSeed(Seeds.mix(seed, -1));
        }
        return kernels.tensor(scope, "embed", tensors.ids(), now.embedding(), tensors.noise());
    }

    private NDArray block(TensorScope owner, NDArray x, int layer, Tape tape) {
        if (dropout > 0) {
            Libtorch.setSeed(Seeds.mix(seed, layer));
        }
        try (PreparedModel.Block block = now.block(layer)) {
            return kernels.tensor(owner, "block", all(new Object[] {x}, block.arguments(), context, new Object[] {
                model.config().normEpsilon(), dropout, tape.kept, tape.probabilities
            }));
        }
    }

    /** Adds the gradients that follow from {@code dx [N, D]}, that of the last hidden states. */
    void backward(NDArray dx) {
        try (TensorScope last = TensorScope.open()) {
            NDArray gradient = dx;
            for (int layer = model.config().layers() - 1; layer >= 0; layer--) {
                gradient = blockBackward(last, gradient, layer);
            }
            NDArray embedding = model.gradient(WeightSlot.embedding(model.config()));
            if (embedding.size() > 0) {
                kernels.run("embed_backward", gradient, tensors.ids(), embedding);
            }
        }
    }

    private NDArray blockBackward(TensorScope owner, NDArray dx, int layer) {
        try (Tape tape = tape(layer);
                PreparedModel.Block block = now.block(layer)) {
            NDArray result = kernels.tensor(
                    owner,
                    "block_backward",
                    all(
                            new Object[] {dx},
                            block.arguments(),
                            model.gradients(layer).arguments(),
                            context,
                            new Object[] {tape.kept, tape.probabilities}));
            dx.close();
            return result;
        }
    }

    /** The block's tape as it was kept, or made again from its input. */
    private Tape tape(int layer) {
        if (!tapes.isEmpty()) {
            return tapes.pop();
        }
        Tape tape = new Tape();
        try (NDArray input = inputs.pop()) {
            block(scope, input, layer, tape).close();
        }
        return tape;
    }

    private static Object[] all(Object[]... parts) {
        return Stream.of(parts).flatMap(Arrays::stream).toArray();
    }

    @Override
    public void close() {
        owned.forEach(ScriptValue::close);
        tapes.forEach(Tape::close);
        scope.close();
    }
}
