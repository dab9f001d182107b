/** What a candidate must hold against its base. */
@NullMarked
package dev.paddock.evaluation.gate;

import org.jspecify.annotations.NullMarked;
