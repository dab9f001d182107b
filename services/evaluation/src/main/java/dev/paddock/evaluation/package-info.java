/** Suites, runs, scores, gates. */
@NullMarked
package dev.paddock.evaluation;

import org.jspecify.annotations.NullMarked;
