/** Jobs, their state, metrics and logs. */
@NullMarked
package dev.paddock.trainingjob.job;

import org.jspecify.annotations.NullMarked;
