/** Models written as files that other programs read. */
@NullMarked
package dev.paddock.llama.export;

import org.jspecify.annotations.NullMarked;
