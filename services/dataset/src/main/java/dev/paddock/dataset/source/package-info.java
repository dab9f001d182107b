/** The bytes of documents and uploads, which can be deleted. */
@NullMarked
package dev.paddock.dataset.source;

import org.jspecify.annotations.NullMarked;
