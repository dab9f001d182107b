/** Constrained decoding: which tokens may come next so that an answer is, at its end, a text of a given language. */
@NullMarked
package dev.paddock.llama.constraint;

import org.jspecify.annotations.NullMarked;
