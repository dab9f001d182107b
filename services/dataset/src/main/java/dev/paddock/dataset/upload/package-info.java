/** Rows as the ecosystem writes them; a wrong row refuses its upload whole. */
@NullMarked
package dev.paddock.dataset.upload;

import org.jspecify.annotations.NullMarked;
