/** The paddock command. */
@NullMarked
package dev.paddock.local.cli;

import org.jspecify.annotations.NullMarked;
