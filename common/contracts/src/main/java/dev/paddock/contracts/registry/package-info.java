/** What model-registry tells workers and the gateway: which versions are to be served. */
@NullMarked
package dev.paddock.contracts.registry;

import org.jspecify.annotations.NullMarked;
