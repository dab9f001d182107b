/** Losses over the log-probabilities of whole answers, free of tensors. */
@NullMarked
package dev.paddock.llama.training.objective;

import org.jspecify.annotations.NullMarked;
