/** Two executors of one model joined: libtorch for many rows, vectors for few. */
@NullMarked
package dev.paddock.llama.inference.hybrid;

import org.jspecify.annotations.NullMarked;
