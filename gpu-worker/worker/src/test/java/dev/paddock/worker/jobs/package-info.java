@NullMarked
package dev.paddock.worker.jobs;

import org.jspecify.annotations.NullMarked;
