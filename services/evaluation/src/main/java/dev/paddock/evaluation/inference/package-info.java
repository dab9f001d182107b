/** A worker's inference API as evaluation calls it. */
@NullMarked
package dev.paddock.evaluation.inference;

import org.jspecify.annotations.NullMarked;
