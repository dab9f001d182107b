/** Where time goes, by libtorch's own profiler. */
@NullMarked
package dev.paddock.benchmarks.profile;

import org.jspecify.annotations.NullMarked;
