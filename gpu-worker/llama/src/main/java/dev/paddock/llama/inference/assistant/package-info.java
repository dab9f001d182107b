/** A smaller model that guesses what a larger one will say. */
@NullMarked
package dev.paddock.llama.inference.assistant;

import org.jspecify.annotations.NullMarked;
