/** What is left of a model in few bits. */
@NullMarked
package dev.paddock.benchmarks.quantization;

import org.jspecify.annotations.NullMarked;
