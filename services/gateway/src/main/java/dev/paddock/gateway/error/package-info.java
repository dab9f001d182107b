/** Refusals under {@code /v1} in OpenAI's shape. */
@NullMarked
package dev.paddock.gateway.error;

import org.jspecify.annotations.NullMarked;
