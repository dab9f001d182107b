package dev.paddock.trainingjob.sweep;

import static java.util.Comparator.comparingDouble;

import java.util.List;
import java.util.Locale;

/** The loss that trials are ranked by, by its name among a job's metrics. */
enum LossMetric {
    /** On the rows that are learnt. */
    LOSS("loss"),
    /** On the rows that are held out. */
    VALIDATION_LOSS("validation loss");

    private final String words;

    LossMetric(String words) {
        this.words = words;
    }

    /** The one on held-out rows where every trial has measured it, else the training loss. */
    static LossMetric of(List<Reading> readings) {
        return readings.stream().allMatch(one -> one.validationLoss() != null) ? VALIDATION_LOSS : LOSS;
    }

    /** Lowest loss first; of equal ones, lower numbers. */
    List<Reading> rank(List<Reading> readings) {
        return readings.stream()
                .sorted(comparingDouble(this::value).thenComparing(Reading::trial))
                .toList();
    }

    /** Infinite where it is not known or not a number. */
    double value(Reading reading) {
        Double held = this == VALIDATION_LOSS ? reading.validationLoss() : Double.valueOf(reading.loss());
        return held == null ? Double.POSITIVE_INFINITY : held;
    }

    /** The metric's name. */
    String metric() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As sentences say it. */
    String words() {
        return words;
    }
}
