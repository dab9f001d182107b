/** What an order would take of this worker, before it runs. */
@NullMarked
package dev.paddock.worker.estimate;

import org.jspecify.annotations.NullMarked;
