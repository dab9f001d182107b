/** Calls to the parts behind the gateway with its own identity. */
@NullMarked
package dev.paddock.gateway.internal;

import org.jspecify.annotations.NullMarked;
