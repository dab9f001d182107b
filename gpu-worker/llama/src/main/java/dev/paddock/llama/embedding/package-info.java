/** Vectors for texts, from a model's last hidden states. */
@NullMarked
package dev.paddock.llama.embedding;

import org.jspecify.annotations.NullMarked;
