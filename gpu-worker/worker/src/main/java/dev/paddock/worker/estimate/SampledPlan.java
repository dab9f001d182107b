package dev.paddock.worker.estimate;

import dev.paddock.methods.training.RunPlan;
import dev.paddock.methods.training.TrainingCatalogue.Composed;
import dev.paddock.methods.training.TrainingInput;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What an order would compute, by a look at some of its rows, and at all of them where those some cannot be trained on. */
public final class SampledPlan {
    private SampledPlan() {}

    /**
     * The plan of all rows; empty for a method that does not tell.
     *
     * @throws IllegalArgumentException when the rows cannot be trained on
     */
    public static Optional<RunPlan> of(Composed composed, ObjectNode parameters, TrainingInput input) {
        try (SampledRows sample = SampledRows.of(input.rows())) {
            return composed.plan(parameters, input.withRows(sample.file()))
                    .map(run -> new RunPlan(run.work(), run.plan().sampled(sample.share())));
        } catch (IllegalArgumentException e) {
            return composed.plan(parameters, input);
        }
    }
}
