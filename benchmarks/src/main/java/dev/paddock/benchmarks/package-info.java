/** Benchmarks of the engine beside its peers and the machine's limits: one class each, each run in a process of its own. */
@NullMarked
package dev.paddock.benchmarks;

import org.jspecify.annotations.NullMarked;
