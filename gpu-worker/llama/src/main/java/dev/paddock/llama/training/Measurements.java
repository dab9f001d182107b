package dev.paddock.llama.training;

import dev.paddock.llama.torch.TensorScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Measures a run's validation sets when it is time, and keeps the state that they find best. */
final class Measurements implements AutoCloseable {
    private final Validation validation;
    private final TrainingSession session;
    private final TrainingListener listener;
    private final Runnable atWork;
    private final Map<String, MeasuredLoss> sets = new LinkedHashMap<>();
    private final TensorScope scope = TensorScope.open();
    private final BestState best;

    /** Prepares the sets by the model as the run begins. */
    Measurements(
            Validation validation,
            TrainingSettings settings,
            TrainingSession session,
            TrainingListener listener,
            BooleanSupplier cancelled) {
        this.validation = validation;
        this.session = session;
        this.listener = listener;
        atWork = () -> {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException("cancelled while a validation set was measured");
            }
        };
        validation.sets().forEach(set -> sets.put(set.name(), set.loss(settings)));
        sets.values().forEach(set -> set.prepare(session.stepper(), atWork));
        best = new BestState(scope, validation.selection(), session.model().parameters());
    }

    /** Measures the sets whose time it is after a step; 0 is before the first. */
    void after(int step) {
        validation.sets().stream()
                .filter(set -> set.due(step, session.steps()))
                .map(ValidationSet::name)
                .forEach(name -> measure(step, name, Objects.requireNonNull(sets.get(name))));
    }

    private void measure(int step, String name, MeasuredLoss set) {
        MeasuredLoss.Measured measured = set.measure(session.stepper(), atWork);
        listener.validated(step, name, measured.loss());
        measured.metrics().forEach((metric, value) -> listener.measured(step, name + "_" + metric, value));
        best.measured(step, name, measured.loss());
    }

    BestState best() {
        return best;
    }

    /** Makes the best state the run's result, where it is to be. */
    void choose() {
        if (best.choose()) {
            listener.chosen(best.step(), best.loss());
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
