/** The files that run the suite in containers and in a cluster. */
@NullMarked
package dev.paddock.local.deploy;

import org.jspecify.annotations.NullMarked;
