/** Content-addressed storage of blobs and folders; no Spring. */
@NullMarked
package dev.paddock.kit.artifacts;

import org.jspecify.annotations.NullMarked;
