/** Records that let adapters of one base serve on another. */
@NullMarked
package dev.paddock.registry.compatible;

import org.jspecify.annotations.NullMarked;
