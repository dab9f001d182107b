/** Tests of the judge's pure parts. */
@NullMarked
package dev.paddock.guard.judge;

import org.jspecify.annotations.NullMarked;
