/** Asking the guard for a verdict. */
@NullMarked
package dev.paddock.contracts.guard;

import org.jspecify.annotations.NullMarked;
