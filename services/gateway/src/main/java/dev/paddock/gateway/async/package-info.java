/** Long requests off the container's threads, each kind bounded. */
@NullMarked
package dev.paddock.gateway.async;

import org.jspecify.annotations.NullMarked;
