/** Datasets: a name under which versions are published. */
@NullMarked
package dev.paddock.dataset.definition;

import org.jspecify.annotations.NullMarked;
