/** Tests of safety-guard against a real database and broker and a worker written by hand. */
@NullMarked
package dev.paddock.guard;

import org.jspecify.annotations.NullMarked;
