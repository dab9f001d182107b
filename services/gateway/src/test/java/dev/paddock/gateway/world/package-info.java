/** What stands around the gateway in its tests: parts that speak the contracts' records over real HTTP. */
@NullMarked
package dev.paddock.gateway.world;

import org.jspecify.annotations.NullMarked;
