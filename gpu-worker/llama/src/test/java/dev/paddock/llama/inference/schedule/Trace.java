package dev.paddock.llama.inference.schedule;

import java.util.List;

/**
 * What comes to a scheduler.
 *
 * @param noise whether another tenant asks in every step
 * @param seed of what executors decide: beginnings there are and guesses that are right
 */
record Trace(SchedulerLimits limits, DraftLimits drafts, List<Arrival> arrivals, boolean noise, long seed) {
    /**
     * A sequence that comes.
     *
     * @param step in which it comes
     * @param deadline steps that it may take, 0 for any number
     * @param cancelled steps after which its caller goes, 0 for never
     */
    record Arrival(
            int step, int prompt, int answer, int rows, boolean urgent, int tenant, int deadline, int cancelled) {
        int tokens() {
            return rows * (prompt + answer);
        }
    }

    int tokens() {
        return arrivals.stream().mapToInt(Arrival::tokens).sum();
    }
}
