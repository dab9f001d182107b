/** Events take effect once; what cannot be handled becomes a dead letter. */
@NullMarked
package dev.paddock.kit.inbox;

import org.jspecify.annotations.NullMarked;
