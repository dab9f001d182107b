/** How served answers are guessed ahead: one class for each method. */
@NullMarked
package dev.paddock.methods.drafting;

import org.jspecify.annotations.NullMarked;
