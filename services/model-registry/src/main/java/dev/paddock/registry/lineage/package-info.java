/** The graph from source documents to answers. */
@NullMarked
package dev.paddock.registry.lineage;

import org.jspecify.annotations.NullMarked;
