/** How much a request may bring. */
@NullMarked
package dev.paddock.kit.limits;

import org.jspecify.annotations.NullMarked;
