/**
 * Weights in four bits: NF4 with double quantization (Dettmers et al. 2023, arXiv:2305.14314), bit for bit as bitsandbytes' CPU
 * backend makes it.
 */
@NullMarked
package dev.paddock.llama.quantization;

import org.jspecify.annotations.NullMarked;
