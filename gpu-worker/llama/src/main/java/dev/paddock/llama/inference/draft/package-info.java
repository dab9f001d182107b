/** Guesses at how a sequence goes on, which the model then checks in one pass. */
@NullMarked
package dev.paddock.llama.inference.draft;

import org.jspecify.annotations.NullMarked;
