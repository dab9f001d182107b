/** Starts and stops the parts of the suite in order. */
@NullMarked
package dev.paddock.local.suite;

import org.jspecify.annotations.NullMarked;
