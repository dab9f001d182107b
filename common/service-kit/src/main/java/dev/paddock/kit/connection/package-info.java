/** Whether a caller is still there. */
@NullMarked
package dev.paddock.kit.connection;

import org.jspecify.annotations.NullMarked;
