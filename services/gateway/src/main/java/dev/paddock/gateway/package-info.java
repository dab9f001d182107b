/** The front door: identity, the admin API, the OpenAI-compatible API and the portal. */
@NullMarked
package dev.paddock.gateway;

import org.jspecify.annotations.NullMarked;
