/** Benchmarks of training. */
@NullMarked
package dev.paddock.benchmarks.training;

import org.jspecify.annotations.NullMarked;
