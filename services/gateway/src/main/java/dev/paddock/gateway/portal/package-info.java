/** The internal portal's first page and the session that reads the admin API for it. */
@NullMarked
package dev.paddock.gateway.portal;

import org.jspecify.annotations.NullMarked;
