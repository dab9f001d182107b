/** Proportions, F1 of labels and spans, with their intervals. */
@NullMarked
package dev.paddock.evaluation.score;

import org.jspecify.annotations.NullMarked;
