package dev.paddock.guard.judge;

import java.util.List;

/** What the guard said of one window: the probability of unsafe, and the violated codes where it is at or above the threshold. */
record WindowOutcome(double score, List<String> categories) {}
