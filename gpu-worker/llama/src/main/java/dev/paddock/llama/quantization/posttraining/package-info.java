/**
 * Weights of a trained model in 2 to 8 bits: what numbers there are ({@link dev.paddock.llama.quantization.posttraining.Grid}), how
 * they are chosen (rounding, GPTQ, AWQ, SmoothQuant), and the file that holds them.
 */
@NullMarked
package dev.paddock.llama.quantization.posttraining;

import org.jspecify.annotations.NullMarked;
