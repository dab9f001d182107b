package dev.paddock.llama.training;

import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.classification.LabelScheme;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.training.PlannedBatches.PlannedBatch;
import dev.paddock.llama.training.objective.ScoredComparison;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A model in training: its tensors, and the steps in their order. Not safe for use by several threads. */
final class TrainingSession implements AutoCloseable {
    private final TensorScope scope;
    private final ScriptModule kernels;
    private final LlamaConfig config;
    private final TrainingSettings settings;
    private final @Nullable PreferenceLoss preferences;
    private final @Nullable LabelScheme labels;
    private final PlannedBatches batches;
    private final TrainedModel model;
    private final TrainingStep stepper;

    TrainingSession(
            WeightSource base, Adaptation adaptation, TrainingSettings settings, List<TrainingExample> examples) {
        this(base, adaptation, settings, new Lessons.Texts(examples));
    }

    TrainingSession(WeightSource base, Adaptation adaptation, TrainingSettings settings, Lessons lessons) {
        config = base.config();
        this.settings = settings;
        List<List<TrainingExample>> rows = lessons.rows();
        preferences = lessons instanceof Lessons.Comparisons comparisons ? new PreferenceLoss(comparisons) : null;
        labels = lessons instanceof Lessons.Labelled labelled ? labelled.scheme() : null;
        ExampleRules.check(rows, settings, config);
        Phases.check(rows, settings.options().phases());
        boolean whole = preferences == null || preferences.learnsFromSecond();
        batches = new PlannedBatches(rows, BatchPlan.of(rows, settings), whole);
        kernels = TrainingKernels.load();
        scope = TensorScope.open();
        try {
            model = new TrainedModel(scope, kernels, base, lessons.adaptation(adaptation), settings);
            stepper = new TrainingStep(scope, model, lessons.options(settings.options()), settings.maxLength());
        } catch (RuntimeException | Error e) {
            scope.close();
            kernels.close();
            throw e;
        }
    }

    /** Puts an adapter of the session's own settings in place of the one in training. */
    void load(LoraAdapter adapter) {
        model.parts().load(adapter);
    }

    int steps() {
        return batches.steps();
    }

    TrainedModel model() {
        return model;
    }

    /** Writes what was trained into a folder that exists. */
    void write(Path folder, String baseName) {
        if (labels == null) {
            model.parts().write(folder, baseName);
        } else {
            model.parts().writeClassifier(folder, labels, baseName);
        }
    }

    /**
     * Runs the step with the given number, from 1.
     *
     * @throws NonFiniteLossException when the loss or the gradient is no number
     */
    StepResult step(int number) {
        List<PlannedBatch> planned = batches.of(number);
        double weight = weight(planned);
        List<ScoredComparison> scored = new ArrayList<>();
        double loss = accumulate(planned, Seeds.mix(settings.seed(), number), scored) / weight;
        if (!Double.isFinite(loss)) {
            throw new NonFiniteLossException(number, "the loss", loss);
        }
        double norm = stepper.update(settings, number, steps(), weight);
        int tokens = planned.stream().mapToInt(batch -> batch.packed().tokens()).sum();
        Map<String, Double> metrics = preferences == null ? Map.of() : preferences.rewards(scored);
        return new StepResult(loss, settings.learningRate().at(number, steps()), norm, tokens, metrics);
    }

    /** What the step's summed loss is divided by: the weights of its tokens, or of its comparisons. */
    private double weight(List<PlannedBatch> planned) {
        PreferenceLoss comparisons = preferences;
        return planned.stream()
                .mapToDouble(
                        batch -> comparisons == null ? batch.packed().totalWeight() : comparisons.weight(batch.rows()))
                .sum();
    }

    /** Adds a step's gradients to those there are, and its comparisons to {@code scored}; returns its summed loss. */
    private double accumulate(List<PlannedBatch> planned, long seed, List<ScoredComparison> scored) {
        List<PackedBatch> packed = planned.stream().map(PlannedBatch::packed).toList();
        PreferenceLoss comparisons = preferences;
        if (comparisons == null) {
            return stepper.accumulate(packed, seed);
        }
        if (comparisons.lacksReference()) {
            throw new IllegalStateException("the reference is measured before the first step");
        }
        return stepper.accumulate(
                packed,
                comparisons.learnsFromSecond()
                        ? List.of()
                        : planned.stream().map(batches::unrelated).toList(),
                seed,
                (batch, scores) -> {
                    PreferenceLoss.Weighted weighted =
                            comparisons.weigh(planned.get(batch).rows(), scores);
                    scored.addAll(weighted.scored());
                    return weighted;
                });
    }

    /** Mean loss of a step at the parameters as they are, and its gradient into {@code gradient}; nothing is updated. */
    double gradient(int step, float[] gradient) {
        List<PlannedBatch> planned = batches.of(step);
        double weight = weight(planned);
        double loss = accumulate(planned, Seeds.mix(settings.seed(), step), new ArrayList<>()) / weight;
        float[] summed = model.parameters().gradients().toFloatArray();
        for (int i = 0; i < summed.length; i++) {
            gradient[i] = (float) (summed[i] / weight);
        }
        model.parameters().clearGradients();
        return loss;
    }

    private PreferenceLoss.Scores likelihoods(PlannedBatch batch) {
        boolean joined = Objects.requireNonNull(preferences, "the run compares no answers")
                .learnsFromSecond();
        return new PreferenceLoss.Scores(
                stepper.logProbabilities(batch.packed()),
                joined ? null : stepper.logProbabilities(batches.unrelated(batch)));
    }

    /**
     * Measures how likely the reference, which is the model as it is now, finds every answer; nothing where no objective asks.
     *
     * @param cancelled asked before each batch
     */
    void measureReference(BooleanSupplier cancelled) {
        PreferenceLoss comparisons = preferences;
        if (comparisons == null || !comparisons.lacksReference()) {
            return;
        }
        batches.firstSteps().mapToObj(batches::of).flatMap(List::stream).forEach(batch -> {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException("cancelled while the reference was measured");
            }
            comparisons.keepReference(batch.rows(), likelihoods(batch));
        });
    }

    /** How likely the model as it is now finds the answers of a step's rows. */
    List<ScoredComparison> scores(int step) {
        PreferenceLoss comparisons = Objects.requireNonNull(preferences, "the run compares no answers");
        return batches.of(step).stream()
                .flatMap(batch -> comparisons.scores(batch.rows(), likelihoods(batch)).stream())
                .toList();
    }

    /** What measures the model as it is. */
    TrainingStep stepper() {
        return stepper;
    }

    /** Logits at the given places of a batch. */
    float[] logits(PackedBatch batch, long[] places) {
        return stepper.logits(batch, places);
    }

    /** Mean loss, learning rate and gradient norm of a step, the tokens that it saw, and what else there is to report. */
    record StepResult(double loss, double learningRate, double gradientNorm, int tokens, Map<String, Double> metrics) {}

    @Override
    public void close() {
        model.close();
        scope.close();
        kernels.close();
    }
}
