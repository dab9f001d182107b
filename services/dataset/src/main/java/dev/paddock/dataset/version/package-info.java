/** Immutable versions: exact deduplication, a split without leaks, a reason for every dropped or changed row. */
@NullMarked
package dev.paddock.dataset.version;

import org.jspecify.annotations.NullMarked;
