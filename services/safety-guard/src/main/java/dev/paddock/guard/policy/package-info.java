/** Policies: a taxonomy, a threshold and a guard model, in versions. */
@NullMarked
package dev.paddock.guard.policy;

import org.jspecify.annotations.NullMarked;
