/** Optimistic locking over HTTP with ETag and If-Match. */
@NullMarked
package dev.paddock.kit.concurrency;

import org.jspecify.annotations.NullMarked;
