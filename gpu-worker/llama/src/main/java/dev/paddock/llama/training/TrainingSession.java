package dev.paddock.llama.training;

import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.classification.LabelScheme;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.training.objective.ScoredComparison;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.util.List;
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
    private final List<List<TrainingExample>> rows;
    private final @Nullable PreferenceLoss preferences;
    private final @Nullable LabelScheme labels;
    private final BatchPlan plan;
    private final TrainedModel model;
    private final TrainingStep stepper;

    TrainingSession(
            WeightSource base, Adaptation adaptation, TrainingSettings settings, List<TrainingExample> examples) {
        this(base, adaptation, settings, new Lessons.Texts(examples));
    }

    TrainingSession(WeightSource base, Adaptation adaptation, TrainingSettings settings, Lessons lessons) {
        config = base.config();
        this.settings = settings;
        rows = lessons.rows();
        preferences = lessons instanceof Lessons.Comparisons comparisons ? new PreferenceLoss(comparisons) : null;
        labels = lessons instanceof Lessons.Labelled labelled ? labelled.scheme() : null;
        ExampleRules.check(rows, settings, config);
        plan = BatchPlan.of(
                rows.stream()
                        .mapToInt(row ->
                                row.stream().mapToInt(TrainingExample::length).sum())
                        .toArray(),
                settings);
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
        model.load(adapter);
    }

    int steps() {
        return plan.steps();
    }

    TrainedModel model() {
        return model;
    }

    /** Writes what was trained into a folder that exists. */
    void write(Path folder, String baseName) {
        if (labels == null) {
            model.write(folder, baseName);
        } else {
            model.writeClassifier(folder, labels, baseName);
        }
    }

    /**
     * Runs the step with the given number, from 1.
     *
     * @throws NonFiniteLossException when the loss or the gradient is no number
     */
    StepResult step(int number) {
        List<PlannedBatch> planned = planned(number);
        double weight = weight(planned);
        double loss = accumulate(planned, Seeds.mix(settings.seed(), number)) / weight;
        if (!Double.isFinite(loss)) {
            throw new NonFiniteLossException(number, "the loss", loss);
        }
        double norm = stepper.update(settings, number, steps(), weight);
        int tokens = planned.stream().mapToInt(batch -> batch.packed().tokens()).sum();
        return new StepResult(loss, settings.learningRate().at(number, steps()), norm, tokens);
    }

    /** What the step's summed loss is divided by: its counted tokens, or its comparisons. */
    private double weight(List<PlannedBatch> planned) {
        return preferences == null
                ? planned.stream()
                        .mapToDouble(batch -> batch.packed().totalWeight())
                        .sum()
                : planned.stream().mapToInt(batch -> batch.rows().size()).sum();
    }

    /** Adds a step's gradients to those there are; returns its summed loss. */
    private double accumulate(List<PlannedBatch> planned, long seed) {
        List<PackedBatch> batches = planned.stream().map(PlannedBatch::packed).toList();
        PreferenceLoss comparisons = preferences;
        if (comparisons == null) {
            return stepper.accumulate(batches, seed);
        }
        if (comparisons.lacksReference()) {
            throw new IllegalStateException("the reference is measured before the first step");
        }
        return stepper.accumulate(
                batches,
                comparisons.learnsFromSecond()
                        ? List.of()
                        : planned.stream().map(this::unrelated).toList(),
                seed,
                (batch, scores) -> comparisons.weigh(planned.get(batch).rows(), scores));
    }

    /** Mean loss of a step at the parameters as they are, and its gradient into {@code gradient}; nothing is updated. */
    double gradient(int step, float[] gradient) {
        List<PlannedBatch> planned = planned(step);
        double weight = weight(planned);
        double loss = accumulate(planned, Seeds.mix(settings.seed(), step)) / weight;
        float[] summed = model.parameters().gradients().toFloatArray();
        for (int i = 0; i < summed.length; i++) {
            gradient[i] = (float) (summed[i] / weight);
        }
        model.parameters().clearGradients();
        return loss;
    }

    /** A batch and the numbers of what stands in each of its rows. */
    private record PlannedBatch(List<List<Integer>> layout, PackedBatch packed) {
        List<Integer> rows() {
            return layout.stream().flatMap(List::stream).toList();
        }
    }

    private List<PlannedBatch> planned(int step) {
        boolean all = preferences == null || preferences.learnsFromSecond();
        return plan.batches(step).stream()
                .map(batch -> new PlannedBatch(
                        batch,
                        PackedBatch.of(batch.stream()
                                .map(row -> documents(row, all ? Integer.MAX_VALUE : 1, 0))
                                .toList())))
                .toList();
    }

    /** Up to {@code most} documents of each of some rows, from the given one on. */
    private List<TrainingExample> documents(List<Integer> numbers, int most, int from) {
        return numbers.stream()
                .flatMap(number -> rows.get(number).stream().skip(from).limit(most))
                .toList();
    }

    /** The second answers of a batch whose first ones are learnt from. */
    private PackedBatch unrelated(PlannedBatch batch) {
        return PackedBatch.of(
                batch.layout().stream().map(row -> documents(row, 1, 1)).toList());
    }

    private PreferenceLoss.Scores likelihoods(PlannedBatch batch) {
        boolean joined = Objects.requireNonNull(preferences, "the run compares no answers")
                .learnsFromSecond();
        return new PreferenceLoss.Scores(
                stepper.logProbabilities(batch.packed()), joined ? null : stepper.logProbabilities(unrelated(batch)));
    }

    /**
     * Measures how likely the reference, which is the model as it is now, finds every answer; nothing where no objective asks.
     *
     * @param cancelled asked before each batch
     */
    void measureReference(BooleanSupplier cancelled) {
        for (int step = 1; preferences != null && preferences.lacksReference(); step++) {
            for (PlannedBatch batch : planned(step)) {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException("cancelled while the reference was measured");
                }
                preferences.keepReference(batch.rows(), likelihoods(batch));
            }
        }
    }

    /** How likely the model as it is now finds the answers of a step's rows. */
    List<ScoredComparison> scores(int step) {
        PreferenceLoss comparisons = Objects.requireNonNull(preferences, "the run compares no answers");
        return planned(step).stream()
                .flatMap(batch -> comparisons.scores(batch.rows(), likelihoods(batch)).stream())
                .toList();
    }

    /** Mean loss of a validation set; {@code atWork} is called before each batch. */
    double measure(ValidationLoss set, Runnable atWork) {
        return set.measure(stepper, atWork);
    }

    /** Logits at the given places of a batch. */
    float[] logits(PackedBatch batch, long[] places) {
        return stepper.logits(batch, places);
    }

    /** Mean loss, learning rate and gradient norm of a step, and the tokens that it saw. */
    record StepResult(double loss, double learningRate, double gradientNorm, int tokens) {}

    @Override
    public void close() {
        model.close();
        scope.close();
        kernels.close();
    }
}
