/** Where base models come from. */
@NullMarked
package dev.paddock.local.model;

import org.jspecify.annotations.NullMarked;
