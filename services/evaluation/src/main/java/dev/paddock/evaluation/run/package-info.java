/** Evaluations of versions, from their order to their verdict. */
@NullMarked
package dev.paddock.evaluation.run;

import org.jspecify.annotations.NullMarked;
