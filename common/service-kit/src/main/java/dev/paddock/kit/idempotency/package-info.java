/** The same Idempotency-Key and body gives the first answer again. */
@NullMarked
package dev.paddock.kit.idempotency;

import org.jspecify.annotations.NullMarked;
