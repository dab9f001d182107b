/** What a row is and how it is read and written. */
@NullMarked
package dev.paddock.dataset.row;

import org.jspecify.annotations.NullMarked;
