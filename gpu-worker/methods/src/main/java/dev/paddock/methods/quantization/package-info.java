/** Methods that write a version's weights anew in few bits. */
@NullMarked
package dev.paddock.methods.quantization;

import org.jspecify.annotations.NullMarked;
