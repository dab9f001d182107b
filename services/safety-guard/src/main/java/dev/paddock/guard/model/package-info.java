/** Which guard versions there are, as model-registry told. */
@NullMarked
package dev.paddock.guard.model;

import org.jspecify.annotations.NullMarked;
