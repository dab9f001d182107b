/** Verdicts on record, and the incidents among them. */
@NullMarked
package dev.paddock.guard.verdict;

import org.jspecify.annotations.NullMarked;
