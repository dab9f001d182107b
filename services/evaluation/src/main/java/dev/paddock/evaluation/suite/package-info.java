/** What is asked of a model. */
@NullMarked
package dev.paddock.evaluation.suite;

import org.jspecify.annotations.NullMarked;
