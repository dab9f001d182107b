package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.List;

/** One optimizer step: sums gradients over batches, then updates. Everything that a batch makes is freed with it. */
final class TrainingStep {
    private final ScriptModule kernels;
    private final TrainedModel model;
    private final TrainingOptions options;
    private final List<NDArray> tables;

    /** @param maxLength most tokens of a row */
    TrainingStep(TensorScope scope, TrainedModel model, TrainingOptions options, int maxLength) {
        kernels = model.kernels();
        this.model = model;
        this.options = options;
        tables = RotaryTables.of(scope, model.config(), maxLength);
    }

    /** Weighs a batch's places by how likely their targets are. */
    interface Weighing {
        PreferenceLoss.Weighted weigh(int batch, PreferenceLoss.Scores scores);
    }

    /** Adds the gradients of batches to those there are; returns the weighted sum of losses. */
    double accumulate(List<PackedBatch> batches, long seed) {
        return inTurn(
                batches,
                seed,
                (i, pass) ->
                        learn(pass, pass.forwardForLearning(), batches.get(i).weights()));
    }

    /**
     * Adds the gradients of batches whose places are weighed by an objective; returns the sum of losses.
     *
     * @param unrelated for each batch one that is scored beside it; empty where there is none
     */
    double accumulate(List<PackedBatch> batches, List<PackedBatch> unrelated, long seed, Weighing weighing) {
        return inTurn(batches, seed, (i, pass) -> {
            float[] beside = unrelated.isEmpty() ? null : logProbabilities(unrelated.get(i), pass.now());
            NDArray hidden = pass.forwardForLearning();
            PreferenceLoss.Weighted weighted =
                    weighing.weigh(i, new PreferenceLoss.Scores(logProbabilities(pass, hidden), beside));
            learn(pass, hidden, weighted.weights());
            return weighted.loss();
        });
    }

    /** Adds the gradients of one batch and returns its loss. */
    private interface Lesson {
        double run(int batch, Pass pass);
    }

    /** A batch's pass and the model that it goes through. */
    private record Pass(BatchPass batch, PreparedModel now) {
        NDArray forwardForLearning() {
            return batch.forwardForLearning();
        }
    }

    private double inTurn(List<PackedBatch> batches, long seed, Lesson lesson) {
        double loss = 0;
        try (PreparedModel now = model.prepare()) {
            for (int i = 0; i < batches.size(); i++) {
                if (batches.get(i).targets().length > 0) {
                    try (BatchPass batch =
                            new BatchPass(model, now, batches.get(i), tables, options, true, Seeds.mix(seed, i))) {
                        loss += lesson.run(i, new Pass(batch, now));
                    }
                }
            }
        }
        return loss;
    }

    /** Loss of the places with these weights, and its gradients. */
    private double learn(Pass pass, NDArray hidden, float[] weights) {
        try (TensorScope step = TensorScope.open()) {
            BatchTensors tensors = pass.batch().tensors();
            List<NDArray> result = kernels.tensors(
                    step,
                    "head",
                    hidden,
                    tensors.places(),
                    tensors.targets(),
                    Tensors.floats(step, weights, weights.length),
                    pass.now().lastNorm(),
                    pass.now().output(),
                    model.gradient(WeightSlot.lastNorm(model.config())),
                    model.outputGradient(),
                    model.config().normEpsilon(),
                    BatchShape.LOGIT_ROWS,
                    options.labelSmoothing());
            hidden.close();
            pass.batch().backward(result.get(1));
            return result.get(0).toDoubleArray()[0];
        }
    }

    private float[] logProbabilities(Pass pass, NDArray hidden) {
        try (TensorScope step = TensorScope.open()) {
            BatchTensors tensors = pass.batch().tensors();
            return kernels.tensor(
                            step,
                            "log_probabilities",
                            hidden,
                            tensors.places(),
                            tensors.targets(),
                            pass.now().lastNorm(),
                            pass.now().output(),
                            model.config().normEpsilon(),
                            BatchShape.LOGIT_ROWS)
                    .toFloatArray();
        }
    }

    /** Log-probability of the target at each of a batch's places, without dropout and noise. */
    float[] logProbabilities(PackedBatch batch) {
        try (PreparedModel now = model.prepare()) {
            return logProbabilities(batch, now);
        }
    }

    private float[] logProbabilities(PackedBatch batch, PreparedModel now) {
        try (BatchPass pass = new BatchPass(model, now, batch, tables, options, false, 0)) {
            return logProbabilities(new Pass(pass, now), pass.forward());
        }
    }

    /** Logits {@code [places, vocabulary]} in fp32 at the batch's places, without dropout and noise. */
    float[] logits(PackedBatch batch, long[] places) {
        try (TensorScope step = TensorScope.open();
                PreparedModel now = model.prepare();
                BatchPass pass = new BatchPass(model, now, batch, tables, options, false, 0)) {
            return kernels.tensor(
                            step,
                            "logits",
                            pass.forward(),
                            Tensors.longs(step, places, places.length),
                            now.lastNorm(),
                            now.output(),
                            model.config().normEpsilon())
                    .toFloatArray();
        }
    }

    /**
     * Updates the parameters with the accumulated gradients and clears these.
     *
     * @param totalWeight what the summed gradients are divided by
     * @return norm of the mean gradient before clipping
     * @throws NonFiniteLossException when that norm is no number; the parameters are as before
     */
    double update(TrainingSettings settings, int step, int steps, double totalWeight) {
        FlatParameters parameters = model.parameters();
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
}
