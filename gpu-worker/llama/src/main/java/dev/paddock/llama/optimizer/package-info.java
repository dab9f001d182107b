/** Optimizers whose state is small or out of memory: 8-bit and paged AdamW, Adafactor. They work on tensors' own memory. */
@NullMarked
package dev.paddock.llama.optimizer;

import org.jspecify.annotations.NullMarked;
