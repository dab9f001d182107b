/** JSON in text columns. */
@NullMarked
package dev.paddock.trainingjob.json;

import org.jspecify.annotations.NullMarked;
