/** Events leave after their transaction, in order per key, none lost. */
@NullMarked
package dev.paddock.kit.outbox;

import org.jspecify.annotations.NullMarked;
