package dev.paddock.trainingjob.sweep;

import dev.paddock.trainingjob.job.Journal;
import dev.paddock.trainingjob.job.Outcome;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads from the stored metrics what trials are compared by. */
@Component
class Readings {
    private static final String LOSS = "loss";
    private static final String GRADIENT_NORM = "gradient_norm";
    private static final double WINDOW = 0.1;

    private final Journal journal;

    Readings(Journal journal) {
        this.journal = journal;
    }

    Reading at(Gate gate, Contestant one) {
        return upTo(gate.step(one.steps()), one);
    }

    /** The end of a completed trial; one whose metrics are lost is compared by the loss that its worker measured last. */
    Reading atEnd(Contestant one) {
        Reading reading = upTo(one.steps(), one);
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
                reading.firstLoss());
    }

    private Reading upTo(int step, Contestant one) {
        List<Double> losses = journal.values(one.trial().jobId(), LOSS, step);
        List<Double> norms = journal.values(one.trial().jobId(), GRADIENT_NORM, step);
        int window = (int) Math.max(1, Math.ceil(WINDOW * one.steps()));
        double first = losses.isEmpty() ? Double.NaN : losses.get(0);
        return new Reading(
                one.trial().number(), step, one.steps(), mean(losses, window), mean(norms, window), finite(first));
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
