/** Which models are deployed, as model-registry says. */
@NullMarked
package dev.paddock.gateway.model;

import org.jspecify.annotations.NullMarked;
