/** safety-guard: policies, verdicts and incidents. */
@NullMarked
package dev.paddock.guard;

import org.jspecify.annotations.NullMarked;
