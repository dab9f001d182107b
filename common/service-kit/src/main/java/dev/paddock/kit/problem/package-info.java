/** Errors classified once and answered as RFC 9457 problem documents. */
@NullMarked
package dev.paddock.kit.problem;

import org.jspecify.annotations.NullMarked;
