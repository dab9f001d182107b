/** Importing bases and guards on record. */
@NullMarked
package dev.paddock.registry.imports;

import org.jspecify.annotations.NullMarked;
