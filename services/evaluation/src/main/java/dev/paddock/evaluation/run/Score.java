package dev.paddock.evaluation.run;

/** The accuracy of the base or the candidate on a suite with its 95 % interval. */
public record Score(String suite, String model, String metric, double value, double low, double high, int items) {
    static final String BASE = "base";
    static final String CANDIDATE = "candidate";
}
