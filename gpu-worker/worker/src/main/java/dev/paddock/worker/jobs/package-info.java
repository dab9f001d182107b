/** The training side of a worker: claims a job, keeps its lease, runs its method, hands in what it made. */
@NullMarked
package dev.paddock.worker.jobs;

import org.jspecify.annotations.NullMarked;
