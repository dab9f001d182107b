/** Reading, checking and packing the artifact folders that versions stand for. */
@NullMarked
package dev.paddock.registry.artifact;

import org.jspecify.annotations.NullMarked;
