/** Models leaving the worker as files. */
@NullMarked
package dev.paddock.worker.export;

import org.jspecify.annotations.NullMarked;
