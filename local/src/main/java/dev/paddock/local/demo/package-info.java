/** The demonstration: one adaptation from documents to a guarded answer, through the public API only. */
@NullMarked
package dev.paddock.local.demo;

import org.jspecify.annotations.NullMarked;
