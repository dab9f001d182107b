package dev.paddock.llama.template;

import java.time.Clock;

/**
 * The state of one rendering.
 *
 * @param budget pays for all work
 * @param clock for {@code strftime_now}
 */
record Evaluation(Budget budget, Clock clock) {}
