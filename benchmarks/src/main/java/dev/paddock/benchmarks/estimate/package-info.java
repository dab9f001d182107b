/** How near the estimates of a run's memory and time come to what is measured. */
@NullMarked
package dev.paddock.benchmarks.estimate;

import org.jspecify.annotations.NullMarked;
