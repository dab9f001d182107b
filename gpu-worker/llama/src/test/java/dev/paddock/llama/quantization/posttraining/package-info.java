/** Tests of post-training quantization. */
@NullMarked
package dev.paddock.llama.quantization.posttraining;

import org.jspecify.annotations.NullMarked;
