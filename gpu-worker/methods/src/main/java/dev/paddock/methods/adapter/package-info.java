/** What of a base a run trains: one final class each, chosen by an order or preset by its method. */
@NullMarked
package dev.paddock.methods.adapter;

import org.jspecify.annotations.NullMarked;
