/** The search for likely answers, on numbers alone: no tensor, no cache, no queue. */
@NullMarked
package dev.paddock.llama.inference.beam;

import org.jspecify.annotations.NullMarked;
