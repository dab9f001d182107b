package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.training.Adaptation.Full;
import dev.paddock.llama.training.Adaptation.Lora;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A model in training: its tensors, and the steps in their order. Not safe for use by several threads. */
final class TrainingSession implements AutoCloseable {
    private final TensorScope scope;
    private final ScriptModule kernels;
    private final LlamaConfig config;
    private final TrainingSettings settings;
    private final List<TrainingExample> examples;
    private final BatchPlan plan;
    private final Trainable trainable;
    private final TrainingStep stepper;

    TrainingSession(
            WeightSource base, Adaptation adaptation, TrainingSettings settings, List<TrainingExample> examples) {
        config = base.config();
        this.settings = settings;
        this.examples = List.copyOf(examples);
        ExampleRules.check(this.examples, settings, config);
        plan = BatchPlan.of(
                this.examples.stream().mapToInt(TrainingExample::length).toArray(), settings);
        kernels = TrainingKernels.load();
        scope = TensorScope.open();
        try {
            trainable = adaptation instanceof Lora lora ? lora(base, lora.settings()) : full(base, (Full) adaptation);
            stepper = new TrainingStep(scope, kernels, config, trainable, settings.maxLength());
        } catch (RuntimeException | Error e) {
            scope.close();
            kernels.close();
            throw e;
        }
    }

    private LoraParameters lora(WeightSource base, LoraSettings lora) {
        List<NDArray> weights = BaseWeights.load(scope, base, settings.computeType());
        LoraParameters parameters = new LoraParameters(scope, kernels, config, lora, weights, settings.computeType());
        setValues(parameters, parameters.layout().initial(new Random(Seeds.mix(settings.seed(), -1))));
        return parameters;
    }

    private FullParameters full(WeightSource base, Full ignored) {
        FullParameters parameters = new FullParameters(scope, kernels, config, settings.computeType());
        parameters.initialize(base);
        return parameters;
    }

    private void setValues(Trainable parameters, float[] values) {
        try (TensorScope temporary = scope.child()) {
            Tensors.copyRows(parameters.parameters().values(), 0, Tensors.floats(temporary, values, values.length));
        }
    }

    /** Puts an adapter of the session's own settings in place of the one in training. */
    void load(LoraAdapter adapter) {
        if (!(trainable instanceof LoraParameters lora)) {
            throw new IllegalArgumentException("the run trains no adapter");
        }
        setValues(lora, lora.layout().flat(adapter));
    }

    int steps() {
        return plan.steps();
    }

    Trainable trainable() {
        return trainable;
    }

    /** Writes what was trained into a folder that exists. */
    void write(Path folder, String baseName) {
        trainable.write(folder, baseName);
    }

    /**
     * Runs the step with the given number, from 1.
     *
     * @throws NonFiniteLossException when the loss or the gradient is no number
     */
    StepResult step(int number) {
        List<PackedBatch> batches = new ArrayList<>();
        for (List<List<Integer>> rows : plan.batches(number)) {
            batches.add(PackedBatch.of(rows.stream()
                    .map(row -> row.stream().map(examples::get).toList())
                    .toList()));
        }
        double weight = batches.stream().mapToDouble(PackedBatch::totalWeight).sum();
        double loss = stepper.accumulate(batches, Seeds.mix(settings.seed(), number)) / weight;
        if (!Double.isFinite(loss)) {
            throw new NonFiniteLossException(number, "the loss", loss);
        }
        double norm = stepper.update(settings, number, steps(), weight);
        int tokens = batches.stream().mapToInt(PackedBatch::tokens).sum();
        return new StepResult(loss, settings.learningRate().at(number, steps()), norm, tokens);
    }

    /** Logits at the given places of a batch. */
    float[] logits(PackedBatch batch, long[] places) {
        return stepper.logits(batch, places);
    }

    /** Mean loss, learning rate and gradient norm of a step, and the tokens that it saw. */
    record StepResult(double loss, double learningRate, double gradientNorm, int tokens) {}

    @Override
    public void close() {
        stepper.close();
        scope.close();
        kernels.close();
    }
}
