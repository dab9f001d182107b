/**
 * Products and attention for few rows, on the Vector API (JEP 338 and its successors). Types of the incubator module stay inside;
 * ask {@link dev.paddock.kernels.Kernels#available} before anything else is used.
 */
@NullMarked
package dev.paddock.kernels;

import org.jspecify.annotations.NullMarked;
