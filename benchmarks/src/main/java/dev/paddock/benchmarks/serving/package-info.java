/** Benchmarks of serving. */
@NullMarked
package dev.paddock.benchmarks.serving;

import org.jspecify.annotations.NullMarked;
