/** The recipe of the starter guard: rows from checked sources, a low-rank adapter of a base, and its measured quality. */
package dev.paddock.worker.guard;
