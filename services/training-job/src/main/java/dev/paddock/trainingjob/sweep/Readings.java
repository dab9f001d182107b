package dev.paddock.trainingjob.sweep;

import dev.paddock.trainingjob.job.Journal;
import dev.paddock.trainingjob.job.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads from the stored metrics what trials are compared by. */
@Component
class Readings {
    private static final String LOSS = "loss";
    private static final String GRADIENT_NORM = "gradient_norm";
    private static final String VALIDATION_LOSS = "validation_loss";
    private static final String BEST_VALIDATION_LOSS = "best_validation_loss";
    private static final double WINDOW = 0.1;

    private final Journal journal;

    Readings(Journal journal) {
        this.journal = journal;
    }

    /**
     * What a trial measured up to a gate. Held-out rows are measured after a step's progress is told, so that those of the gate's own step may
     * not be known yet and do not count.
     */
    Reading at(Gate gate, Contestant one) {
        int step = gate.step(one.steps());
        int before = step - 1;
        return upTo(step, one, last(one, VALIDATION_LOSS, Math.max(0, before - window(one)), before));
    }

    /**
     * The end of a completed trial; one whose metrics are lost is compared by the loss that its worker measured last. Where its
     * result is the state of its least loss on held-out rows, it is compared by that.
     */
    Reading atEnd(Contestant one) {
        Double best = last(one, BEST_VALIDATION_LOSS, 0, one.steps());
        Reading reading = upTo(one.steps(), one, best == null ? last(one, VALIDATION_LOSS, 0, one.steps()) : best);
        Outcome outcome = one.job().facts().outcome();
        if (Double.isFinite(reading.loss()) || outcome == null) {
            return reading;
        }
        double loss = outcome.measurements().finalLoss();
        return new Reading(
                reading.trial(),
                reading.step(),
                reading.steps(),
                finite(loss),
                reading.gradientNorm(),
                reading.firstLoss(),
                reading.validationLoss());
    }

    private static int window(Contestant one) {
        return (int) Math.max(1, Math.ceil(WINDOW * one.steps()));
    }

    private @Nullable Double last(Contestant one, String metric, int after, int upTo) {
        List<Double> values = journal.values(one.trial().jobId(), metric, after, upTo);
        return values.isEmpty() ? null : finite(values.get(values.size() - 1));
    }

    private Reading upTo(int step, Contestant one, @Nullable Double validationLoss) {
        List<Double> losses = journal.values(one.trial().jobId(), LOSS, 0, step);
        List<Double> norms = journal.values(one.trial().jobId(), GRADIENT_NORM, 0, step);
        int window = window(one);
        double first = losses.isEmpty() ? Double.NaN : losses.get(0);
        return new Reading(
                one.trial().number(),
                step,
                one.steps(),
                mean(losses, window),
                mean(norms, window),
                finite(first),
                validationLoss);
    }

    private static double mean(List<Double> values, int window) {
        return finite(values.stream()
                .skip(Math.max(0, values.size() - window))
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN));
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : Double.POSITIVE_INFINITY;
    }
}
