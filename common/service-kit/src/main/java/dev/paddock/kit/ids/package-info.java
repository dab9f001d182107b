/** Time-ordered identifiers. */
@NullMarked
package dev.paddock.kit.ids;

import org.jspecify.annotations.NullMarked;
