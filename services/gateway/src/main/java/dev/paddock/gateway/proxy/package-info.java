/** The admin API: each request streamed to the service that owns its path. */
@NullMarked
package dev.paddock.gateway.proxy;

import org.jspecify.annotations.NullMarked;
