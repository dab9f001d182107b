/** Rules that order a training by themselves when a dataset gets a new version. */
@NullMarked
package dev.paddock.trainingjob.trigger;

import org.jspecify.annotations.NullMarked;
