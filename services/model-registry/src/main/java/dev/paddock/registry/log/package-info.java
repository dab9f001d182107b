/** The hash-chained approval log and its verification. */
@NullMarked
package dev.paddock.registry.log;

import org.jspecify.annotations.NullMarked;
