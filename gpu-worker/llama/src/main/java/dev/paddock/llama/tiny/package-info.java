/** The tiny model that this project trains itself on text that this project writes. */
@NullMarked
package dev.paddock.llama.tiny;

import org.jspecify.annotations.NullMarked;
