/** Approval requests under four eyes, bound to a digest and an evaluation. */
@NullMarked
package dev.paddock.registry.approval;

import org.jspecify.annotations.NullMarked;
