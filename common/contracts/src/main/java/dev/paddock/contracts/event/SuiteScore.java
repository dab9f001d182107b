package dev.paddock.contracts.event;

/** One metric of one suite for the candidate and its base, with a 95 % interval of the candidate's value. */
public record SuiteScore(
        String suite,
        String metric,
        double base,
        double candidate,
        double low,
        double high,
        int items,
        String verdict) {}
