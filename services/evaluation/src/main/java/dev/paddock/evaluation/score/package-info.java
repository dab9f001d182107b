/** Proportions with their intervals. */
@NullMarked
package dev.paddock.evaluation.score;

import org.jspecify.annotations.NullMarked;
