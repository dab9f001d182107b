/** Training of LLaMA-family models: whole blocks with their own backward passes, no autograd graph. */
@NullMarked
package dev.paddock.llama.training;

import org.jspecify.annotations.NullMarked;
