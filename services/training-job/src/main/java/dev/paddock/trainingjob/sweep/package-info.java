/** Sweeps: many orders that differ in some parameters, of which the best is kept. */
@NullMarked
package dev.paddock.trainingjob.sweep;

import org.jspecify.annotations.NullMarked;
