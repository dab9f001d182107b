/** Application keys: made once, kept as digests, opening only {@code /v1}. */
@NullMarked
package dev.paddock.gateway.keys;

import org.jspecify.annotations.NullMarked;
