/** Bases, adapters, guards and trained models on record, and what evaluation found for them. */
@NullMarked
package dev.paddock.registry.version;

import org.jspecify.annotations.NullMarked;
