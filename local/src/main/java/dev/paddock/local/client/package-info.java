/** The suite's REST API as the command line calls it. */
@NullMarked
package dev.paddock.local.client;

import org.jspecify.annotations.NullMarked;
