/** Who calls, for which tenant, and who may do what; tokens and clients for calls to other services. */
@NullMarked
package dev.paddock.kit.identity;

import org.jspecify.annotations.NullMarked;
