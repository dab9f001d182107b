/** Towards which loss a run trains: one final class each, chosen by an order or preset by its method. */
@NullMarked
package dev.paddock.methods.objective;

import org.jspecify.annotations.NullMarked;
