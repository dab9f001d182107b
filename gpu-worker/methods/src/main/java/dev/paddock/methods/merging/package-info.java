/** Methods that compute a model from the weights of others. */
@NullMarked
package dev.paddock.methods.merging;

import org.jspecify.annotations.NullMarked;
