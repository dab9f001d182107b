/** Other programs on the same model, in a virtual environment of their own. */
@NullMarked
package dev.paddock.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
