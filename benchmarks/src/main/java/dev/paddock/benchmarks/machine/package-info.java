/** What this machine is and what it can reach. */
@NullMarked
package dev.paddock.benchmarks.machine;

import org.jspecify.annotations.NullMarked;
