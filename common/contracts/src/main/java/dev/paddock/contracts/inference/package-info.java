/** A worker's internal inference HTTP API. */
@NullMarked
package dev.paddock.contracts.inference;

import org.jspecify.annotations.NullMarked;
