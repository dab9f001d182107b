/** Documents and rows to immutable dataset versions. */
@NullMarked
package dev.paddock.dataset;

import org.jspecify.annotations.NullMarked;
