/** Tests of model-registry, as stories against a real database and broker. */
@NullMarked
package dev.paddock.registry;

import org.jspecify.annotations.NullMarked;
