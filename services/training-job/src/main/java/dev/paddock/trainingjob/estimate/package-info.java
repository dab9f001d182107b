/** What an order would take, as a training worker estimates it. */
@NullMarked
package dev.paddock.trainingjob.estimate;

import org.jspecify.annotations.NullMarked;
