/** An executor for few rows at a time on the JDK's Vector API, over the very blocks of a quantized file. */
@NullMarked
package dev.paddock.llama.inference.vector;

import org.jspecify.annotations.NullMarked;
