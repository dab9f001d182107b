/** TorchScript on libtorch: source text written from Java, loaded through DJL, called by method name. */
@NullMarked
package dev.paddock.llama.torch;

import org.jspecify.annotations.NullMarked;
