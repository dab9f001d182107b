package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.ScriptValue;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.List;
import java.util.function.Function;

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
        return inTurn(batches, seed, (i, now) -> crossEntropy(batches.get(i), now));
    }

    /** Weighs a batch's places by how likely their targets are. */
    interface Weighing {
        PreferenceLoss.Weighted weigh(int batch, float[] logProbabilities);
    }

    /** Adds the gradients of batches whose places are weighed by an objective; returns the sum of losses. */
    double accumulate(List<PackedBatch> batches, long seed, Weighing weighing) {
        return inTurn(batches, seed, (i, now) -> weighed(batches.get(i), now, scores -> weighing.weigh(i, scores)));
    }

    /** Weights and adapters as the kernels take them, until the next update. */
    private record Now(ScriptValue weights, ScriptValue a, ScriptValue b) implements AutoCloseable {
        static Now of(Trainable.Prepared prepared) {
            return new Now(
                    ScriptValue.list(prepared.weights()),
                    ScriptValue.list(prepared.a()),
                    ScriptValue.list(prepared.b()));
        }

        @Override
        public void close() {
            weights.close();
            a.close();
            b.close();
        }
    }

    /** Adds the gradients of one batch and returns its loss. */
    private interface Pass {
        double run(int batch, Now now);
    }

    private double inTurn(List<PackedBatch> batches, long seed, Pass pass) {
        double loss = 0;
        try (TensorScope prepared = scope.child()) {
            try (Now now = Now.of(trainable.prepare(prepared))) {
                for (int i = 0; i < batches.size(); i++) {
                    Libtorch.setSeed(Seeds.mix(seed, i));
                    loss += batches.get(i).targets().length == 0 ? 0 : pass.run(i, now);
                }
            }
        }
        return loss;
    }

    private double crossEntropy(PackedBatch batch, Now now) {
        try (TensorScope step = scope.child()) {
            BatchTensors tensors = BatchTensors.of(step, batch);
            return kernels.number(
                    "step",
                    tensors.ids(),
                    tensors.positions(),
                    tensors.documents(),
                    tensors.places(),
                    tensors.targets(),
                    Tensors.floats(step, batch.weights(), batch.weights().length),
                    tables,
                    now.weights(),
                    now.a(),
                    now.b(),
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

    /** Forward pass, then the backward pass with the weights that the scores give. Both share what the first one keeps. */
    private double weighed(PackedBatch batch, Now now, Function<float[], PreferenceLoss.Weighted> weighing) {
        try (TensorScope step = scope.child();
                ScriptValue kept = ScriptValue.list(List.of());
                ScriptValue probabilities = ScriptValue.list(List.of())) {
            BatchTensors tensors = BatchTensors.of(step, batch);
            List<NDArray> scored = score(step, batch, tensors, now, trainable.dropout(), kept, probabilities);
            PreferenceLoss.Weighted weighted = weighing.apply(scored.get(0).toFloatArray());
            kernels.number(
                    "learn",
                    scored.get(1),
                    tensors.ids(),
                    tensors.positions(),
                    tensors.documents(),
                    tensors.places(),
                    tensors.targets(),
                    Tensors.floats(step, weighted.weights(), weighted.weights().length),
                    tables,
                    now.weights(),
                    now.a(),
                    now.b(),
                    gradientWeights,
                    gradientA,
                    gradientB,
                    trainable.parts(),
                    batch.blockStarts(),
                    dims(batch),
                    PackedBatch.QUERY_BLOCK,
                    batch.length() <= KEPT_LENGTH,
                    config.normEpsilon(),
                    trainable.scale(),
                    LOGIT_ROWS,
                    kept,
                    probabilities);
            return weighted.loss();
        }
    }

    /** Log-probability of the target at each of a batch's places, without dropout. */
    float[] logProbabilities(PackedBatch batch) {
        try (TensorScope step = scope.child();
                Now now = Now.of(trainable.prepare(step));
                ScriptValue kept = ScriptValue.list(List.of());
                ScriptValue probabilities = ScriptValue.list(List.of())) {
            return score(step, batch, BatchTensors.of(step, batch), now, 0, kept, probabilities)
                    .get(0)
                    .toFloatArray();
        }
    }

    private List<NDArray> score(
            TensorScope step,
            PackedBatch batch,
            BatchTensors tensors,
            Now now,
            double dropout,
            ScriptValue kept,
            ScriptValue probabilities) {
        return kernels.tensors(
                step,
                "score",
                tensors.ids(),
                tensors.positions(),
                tensors.documents(),
                tensors.places(),
                tensors.targets(),
                tables,
                now.weights(),
                now.a(),
                now.b(),
                batch.blockStarts(),
                dims(batch),
                PackedBatch.QUERY_BLOCK,
                batch.length() <= KEPT_LENGTH,
                config.normEpsilon(),
                dropout,
                LOGIT_ROWS,
                kept,
                probabilities);
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
