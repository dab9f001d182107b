/** The training methods that workers announce. */
@NullMarked
package dev.paddock.trainingjob.method;

import org.jspecify.annotations.NullMarked;
