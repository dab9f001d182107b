/** Arithmetic on the weights of whole models: tensor by tensor, a few of them in memory at a time. */
@NullMarked
package dev.paddock.llama.merge;

import org.jspecify.annotations.NullMarked;
