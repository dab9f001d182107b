/** Documents as they were uploaded, found again by their bytes. */
@NullMarked
package dev.paddock.dataset.document;

import org.jspecify.annotations.NullMarked;
