package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.ScriptValue;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.List;

/**
 * One optimizer step: sums gradients over batches, then updates. Everything that a batch makes is freed with it.
 *
 * <p>Attention goes in blocks of 256 queries. Up to rows of 512 tokens the probabilities are kept for the backward pass;
 * longer ones compute them again, so that memory grows with the length and not with its square.
 */
final class TrainingStep implements AutoCloseable {
    private static final int LOGIT_ROWS = 128;
    private static final int KEPT_LENGTH = 512;

    private final TensorScope scope;
    private final ScriptModule kernels;
    private final LlamaConfig config;
    private final Trainable trainable;
    private final List<NDArray> tables;
    private final ScriptValue gradientWeights;
    private final ScriptValue gradientA;
    private final ScriptValue gradientB;

    TrainingStep(TensorScope scope, ScriptModule kernels, LlamaConfig config, Trainable trainable, int maxLength) {
        this.scope = scope;
        this.kernels = kernels;
        this.config = config;
        this.trainable = trainable;
        tables = RotaryTables.of(scope, config, maxLength);
        gradientWeights = ScriptValue.list(trainable.gradients().weights());
        gradientA = ScriptValue.list(trainable.gradients().a());
        gradientB = ScriptValue.list(trainable.gradients().b());
    }

    /** Adds the gradients of batches to those there are; returns the weighted sum of losses. */
    double accumulate(List<PackedBatch> batches, long seed) {
        double loss = 0;
        try (TensorScope prepared = scope.child()) {
            Trainable.Prepared now = trainable.prepare(prepared);
            try (ScriptValue weights = ScriptValue.list(now.weights());
                    ScriptValue a = ScriptValue.list(now.a());
                    ScriptValue b = ScriptValue.list(now.b())) {
                for (int i = 0; i < batches.size(); i++) {
                    Libtorch.setSeed(Seeds.mix(seed, i));
                    loss += batches.get(i).targets().length == 0 ? 0 : run(batches.get(i), weights, a, b);
                }
            }
        }
        return loss;
    }

    private double run(PackedBatch batch, ScriptValue weights, ScriptValue a, ScriptValue b) {
        try (TensorScope step = scope.child()) {
            int count = batch.targets().length;
            return kernels.number(
                    "step",
                    Tensors.longs(step, batch.ids(), batch.ids().length),
                    Tensors.longs(step, batch.positions(), batch.positions().length),
                    Tensors.longs(step, batch.documents(), batch.rows(), batch.length()),
                    Tensors.longs(step, batch.places(), count),
                    Tensors.longs(step, batch.targets(), count),
                    Tensors.floats(step, batch.weights(), count),
                    tables,
                    weights,
                    a,
                    b,
                    gradientWeights,
                    gradientA,
                    gradientB,
                    trainable.parts(),
                    batch.blockStarts(),
                    dims(batch),
                    PackedBatch.QUERY_BLOCK,
                    batch.length() <= KEPT_LENGTH,
                    config.normEpsilon(),
                    trainable.dropout(),
                    trainable.scale(),
                    LOGIT_ROWS);
        }
    }

    /** Logits {@code [places, vocabulary]} in fp32 at the batch's places, without dropout. */
    float[] logits(PackedBatch batch, long[] places) {
        try (TensorScope step = scope.child()) {
            Trainable.Prepared now = trainable.prepare(step);
            return kernels.tensor(
                            step,
                            "logits",
                            Tensors.longs(step, batch.ids(), batch.ids().length),
                            Tensors.longs(step, batch.positions(), batch.positions().length),
                            Tensors.longs(step, batch.documents(), batch.rows(), batch.length()),
                            Tensors.longs(step, places, places.length),
                            tables,
                            now.weights(),
                            now.a(),
                            now.b(),
                            batch.blockStarts(),
                            dims(batch),
                            PackedBatch.QUERY_BLOCK,
                            config.normEpsilon())
                    .toFloatArray();
        }
    }

    private long[] dims(PackedBatch batch) {
        return new long[] {
            batch.rows(),
            batch.length(),
            config.heads(),
            config.keyValueHeads(),
            config.headSize(),
            config.intermediateSize()
        };
    }

    /**
     * Updates the parameters with the accumulated gradients and clears these.
     *
     * @param totalWeight what the summed gradients are divided by
     * @return norm of the mean gradient before clipping
     * @throws NonFiniteLossException when that norm is no number; the parameters are as before
     */
    double update(TrainingSettings settings, int step, int steps, double totalWeight) {
        FlatParameters parameters = trainable.parameters();
        double norm = parameters.gradientNorm() / totalWeight;
        if (!Double.isFinite(norm)) {
            throw new NonFiniteLossException(step, "the gradient norm", norm);
        }
        double limit = settings.maxGradientNorm();
        double clip = limit > 0 && norm > limit ? limit / norm : 1;
        parameters.update(settings.optimizer(), step, settings.learningRate().at(step, steps), clip / totalWeight);
        parameters.clearGradients();
        return norm;
    }

    @Override
    public void close() {
        gradientWeights.close();
        gradientA.close();
        gradientB.close();
    }
}
