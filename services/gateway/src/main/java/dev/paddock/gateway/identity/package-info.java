/** The local suite's authorization server: users and services as clients, tokens signed by a kept key. */
@NullMarked
package dev.paddock.gateway.identity;

import org.jspecify.annotations.NullMarked;
