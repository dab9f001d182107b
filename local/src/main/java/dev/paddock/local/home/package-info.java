/** The folder that holds everything a local suite knows: data, secrets, ports, logs. */
@NullMarked
package dev.paddock.local.home;

import org.jspecify.annotations.NullMarked;
