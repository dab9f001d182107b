/** Lists with opaque cursors, newest first. */
@NullMarked
package dev.paddock.kit.paging;

import org.jspecify.annotations.NullMarked;
