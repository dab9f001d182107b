/** Unmodified clients of OpenAI's API against a running suite. */
@NullMarked
package dev.paddock.local.clients;

import org.jspecify.annotations.NullMarked;
