/** Orders checked against the announced schema before anything runs. */
@NullMarked
package dev.paddock.trainingjob.order;

import org.jspecify.annotations.NullMarked;
