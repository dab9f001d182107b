/** Guarded answers: input verdict, generation, output verdict, record; nothing leaves without a verdict. */
@NullMarked
package dev.paddock.gateway.answer;

import org.jspecify.annotations.NullMarked;
