/** The command line, and the whole suite on one machine: nothing imports this module. */
@NullMarked
package dev.paddock.local;

import org.jspecify.annotations.NullMarked;
